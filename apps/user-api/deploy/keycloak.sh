#!/bin/sh
# Adds to a realm of Keycloak the client scopes that the service asks for. Each puts its name into the claim `scope`, and
# the service into `aud`; the last one need not be given to anybody. Nothing else of the realm is changed, and
# scopes that are there already are left as they are.
#
#   kcadm.sh config credentials --server https://HOST --realm master --user admin
#   KCADM=kcadm.sh sh keycloak.sh REALM [AUDIENCE]
#
# AUDIENCE is OIDC_AUDIENCE of the service, by default user-api. Then let clients ask for the scopes: in the console under
# Clients > (the client) > Client scopes > Add client scope > Optional.
set -eu

realm=${1:?name the realm}
audience=${2:-user-api}
kcadm=${KCADM:-kcadm.sh}
case $audience in *[!A-Za-z0-9._~:/-]*) echo "not an audience: $audience" >&2; exit 1 ;; esac

existing=$("$kcadm" get client-scopes --target-realm "$realm" --fields name --format csv --noquotes)

for scope in user:users:read user:users:write user:users:admin; do
  if printf '%s\n' "$existing" | grep -qxF "$scope"; then
    echo "$scope is there already"
    continue
  fi
  "$kcadm" create client-scopes --target-realm "$realm" --file - <<SCOPE
{
  "name": "$scope",
  "protocol": "openid-connect",
  "attributes": { "include.in.token.scope": "true", "display.on.consent.screen": "true" },
  "protocolMappers": [
    {
      "name": "audience",
      "protocol": "openid-connect",
      "protocolMapper": "oidc-audience-mapper",
      "config": {
        "included.custom.audience": "$audience",
        "access.token.claim": "true",
        "id.token.claim": "false",
        "introspection.token.claim": "true"
      }
    }
  ]
}
SCOPE
done
