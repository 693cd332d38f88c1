"""drfpasswordless with Simple JWT, as their documents set them up: PostgreSQL through psycopg's pool, gunicorn in front."""

import os
from urllib.parse import urlparse

database = urlparse(os.environ["DATABASE_URL"])

SECRET_KEY = "the benchmark needs no secret that anybody keeps"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "peer.urls"
WSGI_APPLICATION = "peer.wsgi.application"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "peer.User"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "rest_framework.authtoken",
    "drfpasswordless",
    "peer",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.path[1:],
        "USER": database.username,
        "HOST": database.hostname,
        "PORT": database.port,
        "OPTIONS": {"pool": {"min_size": 4, "max_size": 8}},
    }
}
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTAuthentication"]}
PASSWORDLESS_AUTH = {
    "PASSWORDLESS_AUTH_TYPES": ["MOBILE"],
    "PASSWORDLESS_MOBILE_NOREPLY_NUMBER": "+12025550100",
    "PASSWORDLESS_USER_MARK_MOBILE_VERIFIED": True,
    "PASSWORDLESS_SMS_CALLBACK": "peer.tokens.send",
    "PASSWORDLESS_AUTH_TOKEN_CREATOR": "peer.tokens.create",
    "PASSWORDLESS_AUTH_TOKEN_SERIALIZER": "peer.tokens.PairSerializer",
}
