# Sourced: random secrets for a process whose data nobody will need again.
random_hex() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }
SECRET_KEY=$(random_hex)
JWT_SECRET_KEY=$(random_hex)
ENCRYPTION_KEY=$(head -c 32 /dev/urandom | base64 -w 0)
export SECRET_KEY JWT_SECRET_KEY ENCRYPTION_KEY
