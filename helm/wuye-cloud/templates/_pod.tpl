{{/* What the service's pods and the migration's have in common. */}}
{{- define "wuye.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: {{ .Values.tmpSize }}
  {{- with .Values.postgresql.tls.caSecret }}
  - name: postgresql-ca
    secret:
      secretName: {{ . | quote }}
      items:
        - {key: ca.crt, path: ca.crt}
  {{- end }}
  {{- with .Values.mqtt.tls.caSecret }}
  - name: mqtt-ca
    secret:
      secretName: {{ . | quote }}
      items:
        - {key: ca.crt, path: ca.crt}
  {{- end }}
{{- end -}}

{{- define "wuye.mounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .Values.postgresql.tls.caSecret }}
- name: postgresql-ca
  mountPath: /etc/wuye/postgresql
  readOnly: true
{{- end }}
{{- if .Values.mqtt.tls.caSecret }}
- name: mqtt-ca
  mountPath: /etc/wuye/mqtt
  readOnly: true
{{- end }}
{{- end -}}
