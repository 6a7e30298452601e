package cloud.wuye.device.imports;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeviceImportTest {
    @ConfigProperty(name = "wuye.broker.key")
    String key;

    @Inject
    Db db;

    @Inject
    TestDevices tables;

    private TestTenant company;
    private Graph manager;

    @BeforeEach
    void freshCompany() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
    }

    @Test
    void tenThousandDevicesAreTakenInOnceHoweverOftenTheFileIsSent() {
        String building = space(space(null, "COMMUNITY", "海棠花园"), "BUILDING", "1号楼");
        String file = "类型,序列号,名称,位置,网关\n"
                + IntStream.range(0, 10_000)
                        .mapToObj(i -> i < 100
                                ? "网关,G%04d,,海棠花园/1号楼,\n".formatted(i)
                                : "电表,E%05d,电表 %d,海棠花园/1号楼,%s\n"
                                        .formatted(i, i, i % 2 == 0 ? "" : "G%04d".formatted(i % 100)))
                        .collect(Collectors.joining());

        send(true, file).body("registered", equalTo(10_000)).body("credentials", hasSize(0));
        assertEquals(List.of(), devices());

        JsonPath first = send(false, file).extract().jsonPath();
        assertEquals(10_000, first.getInt("registered"));
        assertEquals(0, first.getInt("failed"));
        List<Map<String, Object>> logins = first.getList("credentials");
        assertEquals(10_000, logins.size());
        assertEquals(
                10_000,
                new HashSet<>(logins.stream()
                                .map(login -> login.get("username"))
                                .toList())
                        .size());
        assertEquals(
                4_950,
                logins.stream().filter(login -> login.get("password") == null).count());
        Map<String, Object> meter = logins.stream()
                .filter(login -> login.get("serialNo").equals("E05000"))
                .findFirst()
                .orElseThrow();
        assertEquals("allow", login((String) meter.get("username"), (String) meter.get("password")));

        send(false, file)
                .body("registered", equalTo(0))
                .body("unchanged", equalTo(10_000))
                .body("credentials", hasSize(0));
        JsonPath seen = manager.ask(
                "query($b:ID!){devices(filter:{within:$b,text:\"E09999\"}){nodes{serialNo name lifecycle space{id} gateway{serialNo}}}}",
                "b",
                building);
        assertEquals(List.of("电表 9999"), seen.getList("devices.nodes.name"));
        assertEquals(List.of("G0099"), seen.getList("devices.nodes.gateway.serialNo"));
    }

    @Test
    void rowsWithErrorsAreReportedAndTheOthersTakenIn() {
        space(space(null, "COMMUNITY", "A"), "BUILDING", "1");
        send(false, "kind,serial_no\ngateway,G\nemeter,OLD\n");
        String file =
                """
                kind,serial_no,space,gateway
                emeter,E1,A/1,G
                emeter,E2,A/2,
                emeter,E3,,NOBODY
                emeter,E4,,OLD
                wmeter,OLD,,
                emeter,OLD,,
                gateway,G2,,G
                toaster,E5,,
                """;
        for (boolean dryRun : new boolean[] {true, false}) {
            JsonPath report = send(dryRun, file).extract().jsonPath();
            assertEquals(1, report.getInt("registered"));
            assertEquals(0, report.getInt("unchanged"));
            assertEquals(7, report.getInt("failed"));
            assertEquals(List.of(3, 4, 5, 6, 7, 8, 9), report.getList("errors.row"));
            assertEquals(
                    List.of(
                            "NOT_FOUND",
                            "NOT_FOUND",
                            "DEVICE_NOT_A_GATEWAY",
                            "ALREADY_EXISTS",
                            "IMPORT_TWICE_IN_FILE",
                            "DEVICE_NOT_A_GATEWAY",
                            "IMPORT_KIND_UNKNOWN"),
                    report.getList("errors.code"));
            assertEquals("space", report.getString("errors[0].column"));
            assertEquals("找不到：A/2", report.getString("errors[0].message.zh"));
            assertEquals("Not found: A/2", report.getString("errors[0].message.en"));
        }
        assertEquals(List.of("E1", "G", "OLD"), devices());
    }

    @Test
    void aSpaceMayBeWrittenAsItsIdAndMustBeMeantClearly() {
        String one = space(space(null, "COMMUNITY", "A"), "BUILDING", "x/y");
        space(space(space(null, "COMMUNITY", "A/x"), "BUILDING", "q"), "UNIT", "y");
        send(false, "kind,serial_no,space\nemeter,E1," + one + "\n").body("registered", equalTo(1));
        assertEquals(
                List.of("x/y"), manager.ask("{devices{nodes{space{name}}}}").getList("devices.nodes.space.name"));
    }

    @Test
    void aGbkFileIsReadAndTheAnswerMayBeAFileToo() {
        byte[] file = "类型,表号\n电表,甲1\n烤箱,乙2\n".getBytes(Charset.forName("GBK"));
        given().auth()
                .oauth2(company.technician())
                .contentType("text/csv")
                .accept("text/csv")
                .body(file)
                .post("/api/devices/import?dryRun=false")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .contentType(containsString("text/csv"))
                .body(containsString("2,registered,甲1,d"))
                .body(containsString("3,failed,,,,kind,IMPORT_KIND_UNKNOWN,没有这种设备类型：烤箱"));
    }

    @Test
    void withoutSayingSoNothingIsWritten() {
        given().auth()
                .oauth2(company.technician())
                .contentType("text/csv")
                .body("kind,serial_no\nemeter,E1\n")
                .post("/api/devices/import")
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(true));
        assertEquals(List.of(), devices());
    }

    @Test
    void aFileThatIsNoTableIsRefusedInTheCallersLanguage() {
        String html = "<html>\n";
        post(company.manager(), true, html.getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("code", equalTo("IMPORT_COLUMN_UNKNOWN"))
                .body("message", equalTo("未知的列：<html>"));
        String many = "kind,serial_no\n"
                + IntStream.rangeClosed(0, 20_000)
                        .mapToObj(i -> "emeter,E" + i + "\n")
                        .collect(Collectors.joining());
        post(company.manager(), true, many.getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("code", equalTo("IMPORT_TOO_MANY_ROWS"));
        post(company.manager(), true, new byte[8_388_609]).statusCode(400).body("code", equalTo("IMPORT_TOO_LARGE"));
    }

    @Test
    void onlyManagersAndTechniciansOfTheCompanyMayImport() {
        byte[] file = "kind,serial_no\nemeter,E1\n".getBytes(StandardCharsets.UTF_8);
        post(company.finance(), false, file).statusCode(403);
        post(company.resident(), false, file).statusCode(403);
        given().contentType("text/csv")
                .body(file)
                .post("/api/devices/import")
                .then()
                .statusCode(401);
        post(TestTenants.fresh().manager(), false, file).statusCode(200);
        assertEquals(List.of(), devices());
    }

    @Test
    void anImportStandsInTheAuditLogWithoutSecrets() {
        send(false, "kind,serial_no\nemeter,E1\n");
        JsonPath log = manager.ask("{auditEntries(filter:{act:\"device.import\"}){nodes{actorName after}}}");
        assertEquals(List.of("zhao"), log.getList("auditEntries.nodes.actorName"));
        assertTrue(log.prettify().contains("registered"));
    }

    /** What a row points to is archived, or registered by somebody else, while the file is being written. */
    @Test
    void whatARowLosesToAnotherMeanwhileIsItsOwnError() {
        space(null, "COMMUNITY", "A");
        space(null, "COMMUNITY", "B");
        CompletableFuture<Integer> changed = new CompletableFuture<>();
        CompletableFuture<Void> waitedFor = new CompletableFuture<>();
        CompletableFuture<Void> committed = CompletableFuture.runAsync(() -> db.forTenantSql(
                        company.id(), tx -> tx.query("UPDATE space SET archived_at = now() WHERE name = 'B'")
                                .execute()
                                .chain(() -> tx.query(
                                                "INSERT INTO device (id, tenant_id, uid, kind, device_class, serial_no,"
                                                        + " name, heartbeat_seconds, created_at) VALUES (gen_random_uuid(), '"
                                                        + company.id() + "', 'u" + company.code()
                                                        + "', 'GATEWAY', 'gateway', 'G1', 'G1', 60, now())")
                                        .execute())
                                .chain(() -> tx.query("SELECT pg_backend_pid()").execute())
                                .invoke(rows ->
                                        changed.complete(rows.iterator().next().getInteger(0)))
                                .chain(() -> Uni.createFrom().completionStage(waitedFor)))
                .replaceWithVoid()
                .await()
                .indefinitely());
        int other = changed.join();
        CompletableFuture<JsonPath> sent = CompletableFuture.supplyAsync(() -> send(
                        false,
                        """
                        kind,serial_no,space,gateway
                        emeter,E1,A,
                        emeter,E2,B,
                        gateway,G1,,
                        emeter,E3,,G1
                        gateway,G2,B,
                        emeter,E4,,G2
                        """)
                .extract()
                .jsonPath());
        try {
            // It has seen how everything was, and is about to write.
            await().until(() -> !"0"
                    .equals(tables.one(
                            "SELECT count(*) FROM pg_locks WHERE NOT granted AND ? = ANY (pg_blocking_pids(pid))",
                            other)));
        } finally {
            waitedFor.complete(null);
        }
        committed.join();
        JsonPath report = sent.join();
        assertEquals(List.of(3, 5, 6, 7), report.getList("errors.row"));
        assertEquals(List.of("SPACE_ARCHIVED", "STALE", "SPACE_ARCHIVED", "STALE"), report.getList("errors.code"));
        assertEquals(List.of("space", "gateway", "space", "gateway"), report.getList("errors.column"));
        assertEquals(
                List.of(1, 1, 4),
                List.of(report.getInt("registered"), report.getInt("unchanged"), report.getInt("failed")));
        assertEquals(List.of("E1", "G1"), devices());
    }

    private List<String> devices() {
        return manager.ask("{devices(first:10){nodes{serialNo}}}").getList("devices.nodes.serialNo");
    }

    private ValidatableResponse send(boolean dryRun, String file) {
        return post(company.technician(), dryRun, file.getBytes(StandardCharsets.UTF_8))
                .statusCode(200)
                .body("dryRun", equalTo(dryRun));
    }

    private static ValidatableResponse post(String token, boolean dryRun, byte[] file) {
        return given().auth()
                .oauth2(token)
                .contentType("text/csv")
                .body(file)
                .post("/api/devices/import?dryRun=" + dryRun)
                .then();
    }

    private String login(String username, String password) {
        return given().header("X-Wuye-Broker-Key", key)
                .contentType("application/json")
                .body(Map.of("username", username, "password", password))
                .post("/internal/mqtt/authn")
                .jsonPath()
                .getString("result");
    }

    private String space(String parent, String kind, String name) {
        Map<String, Object> input = new HashMap<>(Map.of("kind", kind, "name", name));
        input.put("parentId", parent);
        return manager.ask("mutation($input:SpaceInput!){s:createSpace(input:$input){id}}", "input", input)
                .getString("s.id");
    }
}
