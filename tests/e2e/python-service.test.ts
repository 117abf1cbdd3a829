import { generatedService } from './generated-service.ts';

generatedService('python');
