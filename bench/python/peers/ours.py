from hello import create_app
from marlin_service._seaworthy.health import HealthEndpoints
from recorded import health, mark

app = HealthEndpoints(create_app(mark), health, "benchmark-health-token")
