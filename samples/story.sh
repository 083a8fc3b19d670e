#!/usr/bin/env bash
# The whole story by API, against a running demo (./medseal demo): a physician registers at hospital B, is approved, logs
# in with a second factor, searches, asks; the custodian at A approves; B opens the records; two administrators trace one.
# Usage: samples/story.sh [demo.json]. Needs curl, jq, openssl. Exit 0 when every answer was as it should be.
set -euo pipefail
demo=${1:-demo/demo.json}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077

[ -r "$demo" ] || { echo "no $demo: start ./medseal demo first" >&2; exit 2; }
[ "$(jq -r .ok "$demo")" = true ] || { echo "$demo says that the demo's own steps have not all held" >&2; exit 1; }
ca=$(jq -r .ca "$demo")
a=$(jq -r '.hospitals[0].admin' "$demo")
b=$(jq -r '.hospitals[1].admin' "$demo")

said() { printf '%-46s %s\n' "$1" "$2"; }
fail() { echo "FAILED: $1" >&2; [ ! -s "$work/body" ] || head -c 2000 "$work/body" >&2; echo >&2; exit 1; }

# call WHO HOSPITAL METHOD PATH STATUS [BODY]: as WHO (a file with the token's header; - for nobody); the answer is in $work/body.
call() {
  local who=$1 url=$2/api/v1$4 expected=$5 args=(-sS --cacert "$ca" --max-time 60 -X "$3" -o "$work/body" -D "$work/head" -w '%{http_code}')
  [ "$who" = - ] || args+=(-H "@$work/$who")
  local status
  if [ $# -gt 5 ]; then
    status=$(printf '%s' "$6" | curl "${args[@]}" -H 'Content-Type: application/json' --data-binary @- "$url")
  else
    status=$(curl "${args[@]}" "$url")
  fi
  case " $expected " in *" $status "*) ;; *) fail "$3 $4 answered $status, not $expected" ;; esac
}
answer() { jq -er "$1" "$work/body" || fail "the answer has no $1"; }
holds() { jq -e "${@:2}" "$work/body" >/dev/null || fail "$1"; }
problem() { holds "the refusal is not $1" --arg name "urn:medseal:problem:$1" '.type == $name'; }

# login WHO HOSPITAL LOGIN PASSWORD [CODE]: keeps the token for WHO.
login() {
  call - "$2" POST /auth/login 200 "$(jq -n --arg l "$3" --arg p "$4" --arg t "${5:-}" \
    '{login: $l, password: $p} + (if $t == "" then {} else {totp: $t} end)')"
  echo "Authorization: Bearer $(answer .token)" >"$work/$1"
}
# somebody WHO HOSPITAL-INDEX ROLE: logs in the demo's user of that role.
somebody() {
  login "$1" "$(jq -r ".hospitals[$2].admin" "$demo")" \
    "$(jq -r --arg r "$3" "first(.hospitals[$2].users[] | select(.roles[] == \$r)).login" "$demo")" \
    "$(jq -r --arg r "$3" "first(.hospitals[$2].users[] | select(.roles[] == \$r)).password" "$demo")"
}
# until_holds WHAT FILTER CALL...: repeats the call until the answer is 200 and as the filter says; half a minute at most.
until_holds() {
  local what=$1 filter=$2 end=$((SECONDS + 30))
  shift 2
  until (call "$@") 2>/dev/null && jq -e "$filter" "$work/body" >/dev/null; do
    [ $SECONDS -lt $end ] || fail "$what did not come about in half a minute"
    sleep 0.2
  done
}
# totp SECRET TIME: the six digits of RFC 6238 at that time.
totp() {
  local padded=$1 key counter mac
  while [ $((${#padded} % 8)) -ne 0 ]; do padded+='='; done
  key=$(printf %s "$padded" | base32 -d | od -An -v -tx1 | tr -d ' \n')
  counter=$(printf %016x $(($2 / 30)) | sed 's/../\\x&/g')
  mac=$(printf '%b' "$counter" | openssl dgst -sha1 -mac HMAC -macopt "hexkey:$key" | sed 's/.*= *//')
  printf %06d $(((16#${mac:$((16#${mac:39:1} * 2)):8} & 0x7fffffff) % 1000000))
}

doctor=dr-$(openssl rand -hex 4)
password=$(openssl rand -base64 18)
call - "$b" POST /auth/register 202 "$(jq -n --arg l "$doctor" --arg p "$password" \
  '{login: $l, password: $p, displayName: "Dr Story", roles: ["ADMIN"]}')"
call - "$b" POST /auth/login 401 "$(jq -n --arg l "$doctor" --arg p "$password" '{login: $l, password: $p}')"
problem login-failed
said 'a physician registers at B' 'and cannot log in yet'

somebody admin-b 1 ADMIN
call admin-b "$b" GET /users 200
id=$(jq -er --arg l "$doctor" '.users[] | select(.login == $l and .state == "PENDING" and .roles == []) | .id' "$work/body") ||
  fail 'the new user is not listed as pending and without roles'
call admin-b "$b" POST "/users/$id/approve" 200 '{"roles":["PHYSICIAN"]}'
holds 'the user is not active' '.state == "ACTIVE" and .roles == ["PHYSICIAN"]'
said 'an administrator of B approves' 'as PHYSICIAN; the wish to be ADMIN was passed over'

login doctor "$b" "$doctor" "$password"
call doctor "$b" POST /me/totp 200 "$(jq -n --arg p "$password" '{password: $p}')"
secret=$(answer .secret)
call doctor "$b" POST /me/totp/confirm 200 "{\"totp\":\"$(totp "$secret" "$(date +%s)")\"}"
call doctor "$b" POST /auth/logout 204
call doctor "$b" GET /me 401
call - "$b" POST /auth/login 401 "$(jq -n --arg l "$doctor" --arg p "$password" '{login: $l, password: $p}')"
problem totp-needed
login doctor "$b" "$doctor" "$password" "$(totp "$secret" $(($(date +%s) + 30)))" # the next code: each counts once
call doctor "$b" GET /me 200
said 'logs in with a second factor' 'and not without it'

patient='authority=2.16.840.1.113883.4.1&type=SS&id=987-65-4320'
call doctor "$b" GET "/records?$patient" 200
holds 'no record of the patient was found' '.records | length > 0'
found=$(jq -c '[.records[].txId]' "$work/body")
first=$(jq -r '.[0]' <<<"$found")
belongs() { call doctor "$b" POST "/records/$first/verify" 200 "{\"authority\":\"2.16.840.1.113883.4.1\",\"type\":\"SS\",\"id\":\"$1\"}"; }
belongs 987-65-4320
holds 'the record is said to be of somebody else' .belongs
belongs 987-65-4329
holds 'the record is said to be of another patient, too' '.belongs | not'
said 'searches by patient identifier' "$(jq length <<<"$found") records, told apart from another patient's"

call doctor "$b" POST /requests '201 202' "$(jq -nc --argjson t "$found" \
  '{txIds: $t, purpose: "TREATMENT", justification: "Admitted to our cardiology ward."}')"
request=$(answer .id)
call doctor "$b" GET "/requests/$request/records/$first" 409
somebody other-b 1 PHYSICIAN
call other-b "$b" GET "/requests/$request" 404
said 'asks for them' 'nothing opens yet, and a colleague does not see the request'

somebody custodian 0 ADMIN
until_holds 'the request at A' '.state == "OPEN"' custodian "$a" GET "/requests/$request" 200
call custodian "$a" GET "/requests/$request/records/$first/review" 200
call custodian "$a" POST "/requests/$request/approve" '200 202' '{"reply":"For this admission."}'
until_holds 'the decision at B' '.state == "APPROVED"' doctor "$b" GET "/requests/$request" 200
said 'the custodian at A reviews and approves' "$(answer .reply)"

bytes=0
for tx in $(jq -r '.[]' <<<"$found"); do
  call doctor "$b" GET "/requests/$request/records/$tx" 200
  case $(tr -d '\r' <"$work/head" | sed -n 's/^content-type: *//Ip') in
    application/hl7-v2*) [ "$(head -c 3 "$work/body")" = MSH ] || fail 'an HL7 record does not begin with MSH' ;;
    application/fhir+json*) holds 'a FHIR record is no resource' '.resourceType | length > 0' ;;
    application/dicom*) [ "$(head -c 132 "$work/body" | tail -c 4)" = DICM ] || fail 'a DICOM record lacks its prefix' ;;
    *) fail 'a record came under an unknown media type' ;;
  esac
  ! grep -aqFf <(tr -d '\r' <"$(dirname "$0")/identities.txt" | sed '/^ *$/d') "$work/body" || fail 'a record holds an identity'
  bytes=$((bytes + $(wc -c <"$work/body")))
done
call other-b "$b" GET "/requests/$request/records/$first" 404
said 'B opens the records' "$bytes bytes, no identity in them; still nothing for the colleague"

traced=$(jq -r '.transactions[0].txId' "$demo")
signer=$(jq -r '.transactions[0].hospital' "$demo")
call custodian "$a" POST /traces '201 202' "{\"txId\":\"$traced\",\"justification\":\"Suspected wrong patient.\"}"
trace=$(answer .id)
call custodian "$a" POST "/traces/$trace/approve" '200 202' '{}'
until_holds 'the trace at B' '.state == "OPEN"' admin-b "$b" GET "/traces/$trace" 200
call admin-b "$b" POST "/traces/$trace/approve" '200 202' '{}'
until_holds "the trace's result" '.state == "COMPLETED"' custodian "$a" GET "/traces/$trace" 200
holds "the trace does not name $signer with a proof that holds" --arg s "$signer" \
  '.result.institution == $s and .result.judged'
said 'two administrators trace a record' "$signer signed it, and the proof holds"

somebody auditor 1 AUDITOR
call auditor "$b" GET '/audit?_count=1000' 200
for action in look-up request open; do
  holds "the audit trail of B lacks $action of $doctor" --arg a "$action" --arg d "$doctor" \
    'any(.entry[].resource; .subtype[0].code == $a and ([.agent[] | .. | strings] | any(. == $d)))'
done
for who in doctor admin-b other-b auditor; do call "$who" "$b" POST /auth/logout 204; done
call custodian "$a" POST /auth/logout 204
said 'an auditor of B finds all of it' 'look-up, request, opening'
