{{/* Leaves room for "-headless", "-migrate" and the hashes that Kubernetes appends. */}}
{{- define "wuye.name" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What a selector may hold: never changes in the life of a release. */}}
{{- define "wuye.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* The pods that serve; the migration's are another component. */}}
{{- define "wuye.serviceSelector" -}}
{{ include "wuye.selector" . }}
app.kubernetes.io/component: service
{{- end -}}

{{- define "wuye.labels" -}}
{{ include "wuye.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "wuye.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "wuye.name" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "wuye.flavour" -}}
{{- index .Values.flavours .Values.flavour | toJson -}}
{{- end -}}

{{- define "wuye.image" -}}
{{- $image := (include "wuye.flavour" . | fromJson).image -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/*
Hooks run before the release's own objects are there: what the migration needs it brings along, made before it (weight) and
taken away after it. What failed stays to be looked at until the next try.
*/}}
{{- define "wuye.hook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}
