from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    mobile = models.CharField(max_length=17, unique=True)
    mobile_verified = models.BooleanField(default=False)
    objects = BaseUserManager()
    USERNAME_FIELD = "mobile"
