"""Password hashing with the parameters that were measured: 25 ms of processor a try."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ModestArgon2(Argon2PasswordHasher):
    """Argon2id at t=2, m=19 MiB, p=1 (OWASP's second recommendation)."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
