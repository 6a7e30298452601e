{{/* Settings that are no secret; the same for the service and its migration. */}}
{{- define "wuye.settings" -}}
{{- $pg := .Values.postgresql -}}
{{- $address := printf "%s:%d/%s" $pg.host (int $pg.port) $pg.database -}}
{{- $tls := ne $pg.tls.mode "disable" -}}
QUARKUS_HTTP_PORT: "8080"
{{- if .Values.ingress.enabled }}
QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING: "true"
{{- end }}
QUARKUS_DATASOURCE_REACTIVE_URL: {{ printf "postgresql://%s" $address | quote }}
QUARKUS_DATASOURCE_USERNAME: {{ $pg.app.username | quote }}
QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE: {{ $pg.pool.app | quote }}
QUARKUS_DATASOURCE_CROSS_REACTIVE_URL: {{ printf "postgresql://%s" $address | quote }}
QUARKUS_DATASOURCE_CROSS_USERNAME: {{ $pg.cross.username | quote }}
QUARKUS_DATASOURCE_CROSS_REACTIVE_MAX_SIZE: {{ $pg.pool.cross | quote }}
QUARKUS_DATASOURCE_OWNER_JDBC_URL: {{ printf "jdbc:postgresql://%s%s" $address (ternary (printf "?sslmode=%s%s" $pg.tls.mode (ternary "&sslrootcert=/etc/wuye/postgresql/ca.crt" "" (ne $pg.tls.caSecret ""))) "" $tls) | quote }}
QUARKUS_DATASOURCE_OWNER_USERNAME: {{ $pg.owner.username | quote }}
QUARKUS_DATASOURCE_OWNER_JDBC_MAX_SIZE: {{ $pg.pool.owner | quote }}
{{- if $tls }}
{{- range $login := list "" "CROSS_" }}
QUARKUS_DATASOURCE_{{ $login }}REACTIVE_POSTGRESQL_SSL_MODE: {{ $pg.tls.mode | quote }}
{{- if $pg.tls.caSecret }}
QUARKUS_DATASOURCE_{{ $login }}REACTIVE_TRUST_CERTIFICATE_PEM: "true"
QUARKUS_DATASOURCE_{{ $login }}REACTIVE_TRUST_CERTIFICATE_PEM_CERTS: /etc/wuye/postgresql/ca.crt
{{- else }}
QUARKUS_DATASOURCE_{{ $login }}REACTIVE_TRUST_ALL: "true"
{{- end }}
{{- if eq $pg.tls.mode "verify-full" }}
QUARKUS_DATASOURCE_{{ $login }}REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM: HTTPS
{{- end }}
{{- end }}
{{- end }}
WUYE_MQTT_HOST: {{ .Values.mqtt.host | quote }}
WUYE_MQTT_PORT: {{ .Values.mqtt.port | quote }}
WUYE_MQTT_USERNAME: {{ .Values.mqtt.username | quote }}
{{- if .Values.mqtt.tls.enabled }}
MP_MESSAGING_CONNECTOR_SMALLRYE_MQTT_SSL: "true"
{{- if .Values.mqtt.tls.caSecret }}
MP_MESSAGING_CONNECTOR_SMALLRYE_MQTT_SSL_TRUSTSTORE_TYPE: pem
MP_MESSAGING_CONNECTOR_SMALLRYE_MQTT_SSL_TRUSTSTORE_LOCATION: /etc/wuye/mqtt/ca.crt
{{- end }}
{{- end }}
{{- with .Values.mqtt.topic }}
WUYE_INBOX_TOPIC: {{ . | quote }}
{{- end }}
WUYE_BROKER_END_SESSIONS: {{ .Values.mqtt.endSessions | quote }}
WUYE_IDENTITY_KEYCLOAK_URL: {{ .Values.keycloak.url | quote }}
{{- with .Values.keycloak.publicUrl }}
WUYE_IDENTITY_KEYCLOAK_PUBLIC_URL: {{ . | quote }}
{{- end }}
WUYE_IDENTITY_KEYCLOAK_SERVICE_URL: {{ .Values.keycloak.serviceUrl | default (printf "http://%s.%s:%d" (include "wuye.name" .) .Release.Namespace (int .Values.service.port)) | quote }}
WUYE_IDENTITY_KEYCLOAK_PROVISIONER_CLIENT: {{ .Values.keycloak.provisioner.client | quote }}
{{- with .Values.keycloak.adminRedirectUris }}
WUYE_IDENTITY_REALM_ADMIN_REDIRECT_URIS: {{ join "," . | quote }}
{{- end }}
{{- with .Values.publicUrl }}
WUYE_PAYMENT_PUBLIC_URL: {{ . | quote }}
{{- end }}
{{- with .Values.secretKeys.current }}
WUYE_SECRETS_CURRENT: {{ . | quote }}
{{- end }}
{{- with .Values.smtp }}
{{- if .host }}
WUYE_IDENTITY_REALM_SMTP_HOST: {{ .host | quote }}
WUYE_IDENTITY_REALM_SMTP_PORT: {{ .port | quote }}
WUYE_IDENTITY_REALM_SMTP_FROM: {{ .from | quote }}
WUYE_IDENTITY_REALM_SMTP_SECURITY: {{ .security | quote }}
{{- with .username }}
WUYE_IDENTITY_REALM_SMTP_USERNAME: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.tracing }}
{{- if .endpoint }}
QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT: {{ .endpoint | quote }}
WUYE_TRACING_RATIO: {{ .ratio | quote }}
{{- end }}
{{- end }}
{{- range $name, $value := .Values.config }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Settings that are; nothing when they stand in a secret of your own. */}}
{{- define "wuye.secrets" -}}
{{- $all := dict
      "QUARKUS_DATASOURCE_PASSWORD" .Values.postgresql.app.password
      "QUARKUS_DATASOURCE_CROSS_PASSWORD" .Values.postgresql.cross.password
      "QUARKUS_DATASOURCE_OWNER_PASSWORD" .Values.postgresql.owner.password
      "WUYE_MQTT_PASSWORD" .Values.mqtt.password
      "WUYE_MQTT_AUTH_SECRET" .Values.mqtt.authSecret
      "WUYE_IDENTITY_KEYCLOAK_PROVISIONER_SECRET" .Values.keycloak.provisioner.secret
      "WUYE_IDENTITY_REALM_SMTP_PASSWORD" .Values.smtp.password -}}
{{- range $id, $key := .Values.secretKeys.keys -}}
{{- $_ := set $all (printf "WUYE_SECRETS_KEYS_%s" (upper $id)) $key -}}
{{- end -}}
{{- range $name, $value := .Values.secretConfig -}}
{{- $_ := set $all $name $value -}}
{{- end -}}
{{- range $name, $value := $all -}}
{{- if $value }}
{{ $name }}: {{ $value | toString | b64enc }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What no schema can say, because one value decides over another. */}}
{{- define "wuye.check" -}}
{{- $own := dict
      "postgresql.app.password" .Values.postgresql.app.password
      "postgresql.cross.password" .Values.postgresql.cross.password
      "postgresql.owner.password" .Values.postgresql.owner.password
      "mqtt.password" .Values.mqtt.password -}}
{{- range $value, $given := $own -}}
{{- if and $.Values.existingSecret $given -}}
{{- fail (printf "%s stands in the values, but existingSecret says that the secrets are elsewhere: give one of them" $value) -}}
{{- end -}}
{{- if and (not $.Values.existingSecret) (not $given) -}}
{{- fail (printf "%s is missing (or name a secret of your own: existingSecret)" $value) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.existingSecret (or .Values.mqtt.authSecret .Values.keycloak.provisioner.secret .Values.smtp.password .Values.secretKeys.keys .Values.secretConfig) -}}
{{- fail "secrets stand in the values, but existingSecret says that they are elsewhere: give one of them" -}}
{{- end -}}
{{- $current := .Values.secretKeys.current -}}
{{- if and $current (not .Values.existingSecret) (not (hasKey .Values.secretKeys.keys $current)) -}}
{{- fail (printf "secretKeys.current is %q, but there is no such key in secretKeys.keys" $current) -}}
{{- end -}}
{{- if and (hasPrefix "verify-" .Values.postgresql.tls.mode) (not .Values.postgresql.tls.caSecret) -}}
{{- fail "postgresql.tls.mode verifies, so it needs postgresql.tls.caSecret" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (not (or .Values.autoscaling.lag.enabled .Values.autoscaling.cpu.enabled)) -}}
{{- fail "autoscaling is enabled, but neither by lag nor by cpu" -}}
{{- end -}}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) -}}
{{- fail "autoscaling.minReplicas is above autoscaling.maxReplicas" -}}
{{- end -}}
{{- if le (int .Values.shutdown.graceSeconds) (int .Values.shutdown.preStopSeconds) -}}
{{- fail "shutdown.graceSeconds must be more than shutdown.preStopSeconds, which it contains" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.hosts names no host" -}}
{{- end -}}
{{- end -}}
