"""Run by the Python of an environment with Superset: imports the bundle into an empty Superset, twice, and draws each chart's data.

Arguments: the bundle, a folder for Superset's state. Prints one line of JSON: dashboards, and rows and first row by chart.
"""

import io
import json
import logging
import os
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")


def main() -> None:
    bundle, state = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
    (state / "superset_config.py").write_text(
        f"SECRET_KEY = 'only for this check'\nSQLALCHEMY_DATABASE_URI = 'sqlite:///{state}/superset.db'\n"
        "WTF_CSRF_ENABLED = False\nTALISMAN_ENABLED = False\nPREVENT_UNSAFE_DB_CONNECTIONS = False\n"
    )
    os.environ |= {"SUPERSET_CONFIG_PATH": str(state / "superset_config.py"), "SUPERSET_HOME": str(state)}
    import superset
    from superset.app import create_app

    logging.disable(logging.WARNING)
    app = create_app()
    with app.app_context():
        prepare(superset)
    sys.stdout.write(json.dumps(imported(app.test_client(), bundle), default=str) + "\n")


def prepare(superset):
    import flask_migrate
    from superset import appbuilder, security_manager

    flask_migrate.upgrade(directory=str(Path(superset.__file__).parent / "migrations"))
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    role = security_manager.find_role("Admin")
    security_manager.add_user("admin", "A", "B", "a@example.org", role, password="admin")


def imported(client, bundle):
    login = {"username": "admin", "password": "admin", "provider": "db"}
    token = client.post("/api/v1/security/login", json=login).json["access_token"]
    head = {"Authorization": f"Bearer {token}"}
    for _ in range(2):
        form = {"formData": (io.BytesIO(bundle), "bundle.zip"), "overwrite": "true"}
        done = client.post("/api/v1/dashboard/import/", headers=head, data=form, content_type="multipart/form-data")
        assert done.status_code == 200, done.json
    charts = {}
    for chart in client.get("/api/v1/chart/?q=(page_size:100)", headers=head).json["result"]:
        got = client.get(f"/api/v1/chart/{chart['id']}/data/", headers=head)
        assert got.status_code == 200, (chart["slice_name"], got.json)
        result = got.json["result"][0]
        charts[chart["slice_name"]] = {"error": result.get("error"), "rows": result["rowcount"], "data": result["data"]}
    boards = client.get("/api/v1/dashboard/", headers=head).json["result"]
    return {
        "superset": client.get("/version").json,
        "dashboards": [b["dashboard_title"] for b in boards],
        "charts": charts,
    }


main()
