package cloud.wuye.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelmChartTest {
    private static final String MINIMAL = "minimal";
    private static final String HIGHLY_AVAILABLE = "native-ha";
    private static final String EXISTING_SECRET = "jvm-existing-secret";
    private static final String EVERYTHING = "everything-on";

    private static KnownSettings known;

    @BeforeAll
    static void know() throws IOException {
        known = new KnownSettings();
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, HIGHLY_AVAILABLE, EXISTING_SECRET, EVERYTHING})
    void isLinted(String values, @TempDir Path scratch) throws IOException {
        LintResult result = Chart.lint(values, scratch);
        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @ParameterizedTest
    @CsvSource({
        MINIMAL + ",'ConfigMap 2,Job 1,PodDisruptionBudget 1,Secret 2,Service 2,ServiceAccount 2,StatefulSet 1'",
        HIGHLY_AVAILABLE
                + ",'ConfigMap 2,HorizontalPodAutoscaler 1,Ingress 1,Job 1,PodDisruptionBudget 1,Secret 2,Service 2,"
                + "ServiceAccount 2,ServiceMonitor 1,StatefulSet 1'",
        EXISTING_SECRET + ",'ConfigMap 1,Service 2,StatefulSet 1'",
        EVERYTHING
                + ",'ConfigMap 2,HorizontalPodAutoscaler 1,Ingress 1,Job 1,NetworkPolicy 2,PodDisruptionBudget 1,Secret 2,"
                + "Service 2,ServiceAccount 2,ServiceMonitor 1,StatefulSet 1'",
    })
    void rendersWhatItsValuesSay(String values, String kinds) {
        assertEquals(
                kinds,
                Chart.render(values).objects().stream()
                        .collect(Collectors.groupingBy(
                                HasMetadata::getKind, java.util.TreeMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(kind -> kind.getKey() + " " + kind.getValue())
                        .collect(Collectors.joining(",")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: apps/v1, kind: StatefulSet, spec: {replica: 3}}",
                "{apiVersion: batch/v1, kind: Job, spec: {template: {spec: {containers: [{comand: [x]}]}}}}",
                "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {endpoint: []}}",
                "{apiVersion: v1, kind: ConfigMap, data: {a: b, a: c}}",
            })
    void aFieldThatKubernetesLacksWouldBeSeen(String wrong) {
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> Chart.parse(wrong));
        assertTrue(refused.getCause() instanceof JsonProcessingException, refused.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, HIGHLY_AVAILABLE, EXISTING_SECRET, EVERYTHING})
    void noContainerMayMoreThanItNeeds(String values) {
        Chart chart = Chart.render(values);
        for (PodSpec pod : chart.pods()) {
            assertEquals(false, pod.getAutomountServiceAccountToken());
            assertEquals(true, pod.getSecurityContext().getRunAsNonRoot());
            assertTrue(pod.getSecurityContext().getRunAsUser() > 0);
            assertEquals(
                    "RuntimeDefault",
                    pod.getSecurityContext().getSeccompProfile().getType());
            assertTrue(pod.getInitContainers().isEmpty());
            assertNull(pod.getHostNetwork());
            for (Container container : pod.getContainers()) {
                var rights = container.getSecurityContext();
                assertEquals(true, rights.getRunAsNonRoot());
                assertEquals(true, rights.getReadOnlyRootFilesystem());
                assertEquals(false, rights.getAllowPrivilegeEscalation());
                assertEquals(List.of("ALL"), rights.getCapabilities().getDrop());
                assertEquals(List.of(), rights.getCapabilities().getAdd());
                assertNull(rights.getPrivileged());
                assertEquals(
                        List.of("/tmp"),
                        container.getVolumeMounts().stream()
                                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                                .map(mount -> mount.getMountPath())
                                .toList());
                assertTrue(container.getResources().getRequests().keySet().containsAll(Set.of("cpu", "memory")));
                assertTrue(container.getResources().getLimits().containsKey("memory"));
            }
        }
        chart.all(ServiceAccount.class)
                .forEach(account -> assertEquals(false, account.getAutomountServiceAccountToken()));
    }

    @Test
    void probesAskWhatTheServiceAnswers() {
        Container service = container(Chart.render(MINIMAL));
        assertEquals("/q/health/started", service.getStartupProbe().getHttpGet().getPath());
        assertEquals("/q/health/live", service.getLivenessProbe().getHttpGet().getPath());
        assertEquals("/q/health/ready", service.getReadinessProbe().getHttpGet().getPath());
        assertEquals(8080, service.getPorts().get(0).getContainerPort());
        for (var probe : List.of(service.getStartupProbe(), service.getLivenessProbe(), service.getReadinessProbe())) {
            assertEquals(
                    service.getPorts().get(0).getName(),
                    probe.getHttpGet().getPort().getStrVal());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, HIGHLY_AVAILABLE, EVERYTHING})
    void secretsStandInSecretsOnly(String values) throws JsonProcessingException {
        Chart chart = Chart.render(values);
        List<String> secrets = new ArrayList<>();
        for (Secret secret : chart.all(Secret.class)) {
            secret.getData().values().forEach(each -> {
                secrets.add(each);
                secrets.add(decoded(each));
            });
        }
        assertTrue(secrets.contains("owner-secret") && secrets.contains("mqtt-secret"), secrets::toString);
        for (HasMetadata object : chart.objects()) {
            if (!(object instanceof Secret)) {
                String text = new ObjectMapper().writeValueAsString(object);
                secrets.forEach(secret -> assertFalse(text.contains(secret), () -> secret + " in " + text));
            }
        }
    }

    @Test
    void aSecretOfOnesOwnIsUsedAndNoneMade() {
        Chart chart = Chart.render(EXISTING_SECRET, Map.of("migration.enabled", true));
        assertEquals(List.of(), chart.all(Secret.class));
        for (PodSpec pod : chart.pods()) {
            assertEquals(
                    "wuye-secrets",
                    pod.getContainers()
                            .get(0)
                            .getEnvFrom()
                            .get(1)
                            .getSecretRef()
                            .getName());
        }
        assertEquals(2, chart.pods().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, HIGHLY_AVAILABLE, EXISTING_SECRET, EVERYTHING})
    void selectorsFindTheReplicasAndNotTheMigration(String values) {
        Chart chart = Chart.render(values);
        Map<String, String> pod =
                chart.statefulSet().getSpec().getTemplate().getMetadata().getLabels();
        List<Map<String, String>> selectors = new ArrayList<>();
        selectors.add(chart.statefulSet().getSpec().getSelector().getMatchLabels());
        chart.all(Service.class)
                .forEach(service -> selectors.add(service.getSpec().getSelector()));
        chart.all(PodDisruptionBudget.class)
                .forEach(budget -> selectors.add(budget.getSpec().getSelector().getMatchLabels()));
        chart.all(NetworkPolicy.class).stream()
                .filter(policy -> !Chart.isHook(policy))
                .forEach(policy ->
                        selectors.add(policy.getSpec().getPodSelector().getMatchLabels()));
        chart.statefulSet()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getTopologySpreadConstraints()
                .forEach(spread -> selectors.add(spread.getLabelSelector().getMatchLabels()));
        for (Map<String, String> selector : selectors) {
            assertTrue(selector.size() >= 3, selector::toString);
            assertTrue(pod.entrySet().containsAll(selector.entrySet()), () -> selector + " finds not " + pod);
            chart.all(Job.class)
                    .forEach(job -> assertFalse(job.getSpec()
                            .getTemplate()
                            .getMetadata()
                            .getLabels()
                            .entrySet()
                            .containsAll(selector.entrySet())));
        }
        Service headless =
                chart.one(Service.class, chart.statefulSet().getSpec().getServiceName());
        assertEquals("None", headless.getSpec().getClusterIP());
        for (ServiceMonitor monitor : chart.all(ServiceMonitor.class)) {
            // One of the two services: each replica is to be counted once.
            assertEquals(
                    List.of(chart.statefulSet().getMetadata().getName()),
                    chart.all(Service.class).stream()
                            .filter(service -> service.getMetadata()
                                    .getLabels()
                                    .entrySet()
                                    .containsAll(monitor.getSpec()
                                            .getSelector()
                                            .getMatchLabels()
                                            .entrySet()))
                            .map(service -> service.getMetadata().getName())
                            .toList());
            assertEquals("/q/metrics", monitor.getSpec().getEndpoints().get(0).getPath());
            assertEquals("http", monitor.getSpec().getEndpoints().get(0).getPort());
        }
    }

    @Test
    void theAutoscalerHasTheStatefulSetToItself() {
        Chart chart = Chart.render(HIGHLY_AVAILABLE);
        HorizontalPodAutoscaler scaler =
                chart.all(HorizontalPodAutoscaler.class).get(0);
        StatefulSet target = chart.one(
                StatefulSet.class, scaler.getSpec().getScaleTargetRef().getName());
        assertEquals(target.getKind(), scaler.getSpec().getScaleTargetRef().getKind());
        assertEquals(
                target.getApiVersion(), scaler.getSpec().getScaleTargetRef().getApiVersion());
        assertNull(target.getSpec().getReplicas(), "both would set it in turns");
        assertEquals(1, scaler.getSpec().getMetrics().size());
        var pods = scaler.getSpec().getMetrics().get(0).getPods();
        assertEquals("wuye_ingest_lag_seconds_max", pods.getMetric().getName());
        assertEquals("2", pods.getTarget().getAverageValue().toString());
        assertEquals("Disabled", scaler.getSpec().getBehavior().getScaleDown().getSelectPolicy());
        assertEquals(2, Chart.render(MINIMAL).statefulSet().getSpec().getReplicas());
        HorizontalPodAutoscaler both =
                Chart.render(EVERYTHING).all(HorizontalPodAutoscaler.class).get(0);
        assertEquals(2, both.getSpec().getMetrics().size());
        assertNull(both.getSpec().getBehavior().getScaleDown().getSelectPolicy());
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, HIGHLY_AVAILABLE, EVERYTHING})
    void theMigrationComesFirstAndBringsAllItNeeds(String values) {
        Chart chart = Chart.render(values);
        Job job = chart.all(Job.class).get(0);
        Map<String, Integer> weights = new HashMap<>();
        chart.objects().stream().filter(Chart::isHook).forEach(hook -> {
            Map<String, String> notes = hook.getMetadata().getAnnotations();
            assertEquals("pre-install,pre-upgrade", notes.get(Chart.HOOK));
            assertEquals("before-hook-creation,hook-succeeded", notes.get(Chart.HOOK + "-delete-policy"));
            weights.put(
                    hook.getKind() + " " + hook.getMetadata().getName(),
                    Integer.valueOf(notes.get(Chart.HOOK + "-weight")));
        });
        int own = weights.remove("Job " + job.getMetadata().getName());
        PodSpec pod = job.getSpec().getTemplate().getSpec();
        Container migrate = pod.getContainers().get(0);
        Set<String> needed = new TreeSet<>(Set.of(
                "ConfigMap " + migrate.getEnvFrom().get(0).getConfigMapRef().getName(),
                "Secret " + migrate.getEnvFrom().get(1).getSecretRef().getName(),
                "ServiceAccount " + pod.getServiceAccountName()));
        if (values.equals(EVERYTHING)) {
            needed.add("NetworkPolicy " + job.getMetadata().getName());
        }
        assertEquals(needed, new TreeSet<>(weights.keySet()));
        weights.forEach((hook, weight) -> assertTrue(weight < own, hook));

        Container service = container(chart);
        assertEquals(service.getImage(), migrate.getImage());
        assertEquals(service.getCommand(), migrate.getCommand());
        List<String> arguments = new ArrayList<>(service.getArgs());
        arguments.add("migrate");
        assertEquals(arguments, migrate.getArgs());
        assertEquals("Never", pod.getRestartPolicy());
        assertEquals(data(chart, service), data(chart, migrate));
        assertEquals(
                "false", env(service, "QUARKUS_FLYWAY_OWNER_MIGRATE_AT_START").getValue());
    }

    @Test
    void withoutTheJobReplicasMigrate() {
        Container service = container(Chart.render(EXISTING_SECRET));
        assertEquals(
                "true", env(service, "QUARKUS_FLYWAY_OWNER_MIGRATE_AT_START").getValue());
        assertEquals(
                "metadata.name",
                env(service, "WUYE_NODE").getValueFrom().getFieldRef().getFieldPath());
    }

    @ParameterizedTest
    @CsvSource({
        "config.WUYE_OUTBOX_LEASE, 50s, true",
        "mqtt.password, another, true",
        "postgresql.pool.app, 20, true",
        "secretConfig.QUARKUS_OTEL_EXPORTER_OTLP_HEADERS, a=b, true",
        "replicas, 5, false",
        "service.port, 80, true",
    })
    void otherSettingsAreOtherPods(String value, String to, boolean changes) {
        String before = checksum(Chart.render(MINIMAL));
        String after = checksum(Chart.render(MINIMAL, Map.of(value, to)));
        assertEquals(64, before.length());
        if (changes) {
            assertNotEquals(before, after);
        } else {
            assertEquals(before, after);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, HIGHLY_AVAILABLE, EXISTING_SECRET, EVERYTHING})
    void everyVariableIsASettingThatTheServiceKnows(String values) {
        Chart chart = Chart.render(values);
        assertTrue(known.size() > 500, () -> "knows " + known.size());
        assertTrue(known.contain("WUYE_OUTBOX_LEASE") && known.contain("WUYE_IDENTITY_REALM_SMTP_FROM_NAME"));
        for (String wrong : List.of(
                "WUYE_OUTBOX_LEAS", "QUARKUS_DATASOURCE_PASWORD", "WUYE_MQTT_PASSWD", "QUARKUS_DATASOURCE_DB_KIND")) {
            assertFalse(known.contain(wrong), wrong);
        }
        Set<String> given = new TreeSet<>();
        chart.all(ConfigMap.class).forEach(map -> given.addAll(map.getData().keySet()));
        chart.all(Secret.class).forEach(secret -> given.addAll(secret.getData().keySet()));
        chart.pods().forEach(pod -> pod.getContainers().get(0).getEnv().forEach(env -> given.add(env.getName())));
        // The C library's, not ours.
        given.remove("TZ");
        assertEquals(
                List.of(), given.stream().filter(name -> !known.contain(name)).toList());
        if (values.equals(EXISTING_SECRET)) {
            given.addAll(Set.of("QUARKUS_DATASOURCE_PASSWORD", "WUYE_MQTT_PASSWORD"));
        }
        assertEquals(
                List.of(),
                PackagedServiceIT.REQUIRED.stream()
                        .map(setting -> setting.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT))
                        .filter(setting -> !given.contains(setting))
                        .toList());
    }

    @Test
    void everyValueIsExplained() throws IOException {
        String readme = Files.readString(Path.of("helm/wuye-cloud/README.md"));
        for (String line : Files.readAllLines(Path.of("helm/wuye-cloud/values.yaml"))) {
            if (line.matches("[a-zA-Z]+:.*")) {
                String value = line.substring(0, line.indexOf(':'));
                assertTrue(readme.contains("\n| `" + value + "`") || readme.contains("\n| `" + value + "."), value);
            }
        }
    }

    @Test
    void notesSayWhatIsStillMissing() {
        assertTrue(Chart.notes(MINIMAL).contains("No payment channel can be configured yet"));
        String all = Chart.notes(EVERYTHING);
        assertFalse(all.contains("No payment channel"), all);
        assertTrue(all.contains("https://haitang.wuye.example.com/graphql"), all);
    }

    @Test
    void theWorldReachesNeitherMetricsNorTheBrokersDoor() {
        Ingress ingress = Chart.render(EVERYTHING).all(Ingress.class).get(0);
        assertEquals(2, ingress.getSpec().getRules().size());
        ingress.getSpec()
                .getRules()
                .forEach(rule -> assertEquals(
                        List.of("/graphql", "/api", "/pay"),
                        rule.getHttp().getPaths().stream()
                                .map(path -> path.getPath())
                                .toList()));
    }

    @Test
    void thePolicyLetsInOnlyWhoIsNamed() {
        Chart chart = Chart.render(EVERYTHING);
        NetworkPolicy service = chart.one(NetworkPolicy.class, "estate");
        assertEquals(List.of("Ingress", "Egress"), service.getSpec().getPolicyTypes());
        var from = service.getSpec().getIngress().get(0).getFrom();
        assertEquals(
                "[ingress-nginx, monitoring, emqx, identity, 10.9.0.0/16]",
                from.stream()
                        .map(peer -> peer.getIpBlock() != null
                                ? peer.getIpBlock().getCidr()
                                : peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name"))
                        .toList()
                        .toString());
        NetworkPolicy migration = chart.one(NetworkPolicy.class, "estate-migrate");
        assertEquals(List.of(), migration.getSpec().getIngress());
        assertEquals(service.getSpec().getEgress(), migration.getSpec().getEgress());
        assertTrue(chart.all(Job.class)
                .get(0)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(
                        migration.getSpec().getPodSelector().getMatchLabels().entrySet()));
    }

    @ParameterizedTest
    @CsvSource({
        "flavour, graal, flavour",
        "replicas, -1, replicas",
        "replica, 3, replica",
        "postgresql.host, '', host",
        "postgresql.hots, db, hots",
        "postgresql.tls.mode, verify-full, postgresql.tls.caSecret",
        "postgresql.tls.mode, maybe, mode",
        "postgresql.app.password, '', postgresql.app.password is missing",
        "existingSecret, mine, stands in the values",
        "keycloak.url, login.example.com, url",
        "mqtt.topic, pm/v1/#, topic",
        "secretKeys.current, k9, no such key",
        "secretKeys.keys.k1, short, k1",
        "config.wuye_outbox, x, wuye_outbox",
        "securityContext.readOnlyRootFilesystem, false, readOnlyRootFilesystem",
        "podSecurityContext.runAsUser, 0, runAsUser",
        "podSecurityContext.runAsNonRoot, false, runAsNonRoot",
        "shutdown.preStopSeconds, 60, graceSeconds",
        "ingress.enabled, true, ingress.hosts",
        "autoscaling.minReplicas, 9, maxReplicas",
        "tracing.ratio, 2, ratio",
        "publicUrl, https://wuye.example.com/, publicUrl",
        "flavours.native.image.digest, latest, digest",
    })
    void wrongValuesAreRefusedByName(String value, String to, String complaint) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> Chart.render(MINIMAL, Map.of(value, to)));
        assertTrue(String.valueOf(refused.getMessage()).contains(complaint), refused.getMessage());
    }

    private static Container container(Chart chart) {
        return chart.statefulSet()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    private static EnvVar env(Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> data(Chart chart, Container container) {
        Map<String, String> data = new HashMap<>(chart.one(
                        ConfigMap.class,
                        container.getEnvFrom().get(0).getConfigMapRef().getName())
                .getData());
        data.putAll(chart.one(
                        Secret.class,
                        container.getEnvFrom().get(1).getSecretRef().getName())
                .getData());
        return data;
    }

    private static String checksum(Chart chart) {
        return chart.statefulSet()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("checksum/config");
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
