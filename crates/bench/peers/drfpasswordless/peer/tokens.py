"""The two hooks of drfpasswordless: where the code goes, and what a right one is answered with."""

import os
import socket

from rest_framework import serializers
from rest_framework_simplejwt.tokens import RefreshToken

gateway = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def send(user, mobile_token, **kwargs):
    gateway.sendto(f"{user.mobile} {mobile_token.key}".encode(), ("127.0.0.1", int(os.environ["CODES_PORT"])))
    return True


class Pair:
    def __init__(self, user):
        refresh = RefreshToken.for_user(user)
        self.refresh, self.access = str(refresh), str(refresh.access_token)


def create(user):
    return Pair(user), True


class PairSerializer(serializers.Serializer):
    refresh = serializers.CharField()
    access = serializers.CharField()
