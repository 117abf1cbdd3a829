from hello import create_app
from prometheus_fastapi_instrumentator import Instrumentator

app = create_app(lambda: None)
Instrumentator().instrument(app).expose(app)
