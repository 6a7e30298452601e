package cloud.wuye.leak;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.export.TestExports;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way in that is not GraphQL and not MQTT. */
@QuarkusTest
class DoorLeakTest {
    @Inject
    Db db;

    @Inject
    TestDevices tables;

    @Inject
    Router router;

    @Inject
    TestExports exports;

    @All
    List<ExportList<?, ?>> lists;

    private Footprint footprint;
    private Inhabited victim;

    @BeforeEach
    void twoCompanies() {
        victim = TwoCompanies.settled(tables).victim();
        footprint = new Footprint(db);
    }

    /** A door added tomorrow has to be thought of here. */
    @Test
    void thereAreNoOtherDoors() {
        assertEquals(Doors.REST, doors().stream().map(Permission::name).collect(Collectors.toCollection(TreeSet::new)));
        Set<String> routes = router.getRoutes().stream()
                .map(Route::getPath)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Doors.ROUTES, routes);
    }

    @Test
    void nobodyComesInWithoutWhatTheDoorAsksFor() {
        List<String> open = new ArrayList<>();
        for (Permission door : doors()) {
            boolean key = Doors.askForAKey(door.name());
            expect(open, door, 401, "anonymous", given());
            expect(
                    open,
                    door,
                    key ? 401 : 403,
                    "somebody without a role",
                    with(victim.tenant().as("wu")));
            for (String role : Permission.EVERYONE) {
                if (!door.admits(role)) {
                    expect(open, door, key ? 401 : 403, role, with(tokenOf(role)));
                }
            }
            if (key) {
                expect(open, door, 401, "a wrong key", given().header("X-Wuye-Broker-Key", "guess"));
            }
        }
        assertEquals(List.of(), open);
    }

    @Test
    void anImportFindsAndMovesNothingOfTheNeighbours() {
        TestTenant intruder = TestTenants.fresh();
        Map<String, String> before = footprint.digest(victim.tenant().id());
        Signs signs = Signs.of(footprint, victim);
        String garden = "Garden " + victim.tenant().code();
        String gateway = DeviceClass.GATEWAY.word() + " " + garden;
        List<String> rows = new ArrayList<>(List.of("kind,serial_no,space,gateway"));
        rows.add("emeter,by-gateway,," + gateway);
        rows.add("emeter,by-name," + garden + ",");
        // The same number on another company's meter is another meter.
        rows.add("emeter," + DeviceClass.EMETER.word() + " " + garden + ",,");
        signs.ids().forEach(id -> rows.add("emeter,by-" + id + "," + id + ","));
        for (boolean dryRun : new boolean[] {true, false}) {
            var report = with(intruder.as("all", Roles.MANAGER, Roles.TECHNICIAN))
                    .contentType("text/csv")
                    .body(String.join("\n", rows) + "\n")
                    .post("/api/devices/import?dryRun=" + dryRun)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertEquals(1, report.getInt("registered"), report::prettify);
            assertEquals(rows.size() - 2, report.getInt("failed"), report::prettify);
            String logins = String.valueOf(report.<Object>get("credentials"));
            assertFalse(logins.contains(victim.device(DeviceClass.EMETER).card().uid()));
        }
        assertEquals(before, footprint.digest(victim.tenant().id()));
    }

    /** Every list, without a filter and with every id of the victim's; and every export of the victim's by its id. */
    @Test
    void exportsShowAndMoveNothingOfTheNeighbours() {
        TestTenant intruder = TestTenants.fresh();
        String token = intruder.manager();
        Map<String, String> before = footprint.digest(victim.tenant().id());
        Signs signs = Signs.of(footprint, victim);
        List<String> leaks = new ArrayList<>();
        // The intruder's own audit log first: later it holds the ids that the intruder sent.
        List<ExportList<?, ?>> inOrder = new ArrayList<>(lists);
        inOrder.sort(Comparator.comparing(list -> !list.name().equals("auditEntries")));
        for (ExportList<?, ?> list : inOrder) {
            for (Map<String, ?> filter : Samples.exportFilters(list.name(), signs.ids())) {
                for (String format : List.of("CSV", "XLSX")) {
                    String id = exports.made(token, list.name(), format, filter, "en");
                    String shown = TestExports.text(TestExports.file(token, id));
                    signs.in(shown).forEach(sign -> leaks.add(list.name() + " " + filter + " shows " + sign));
                    with(token).delete("/api/exports/" + id);
                }
            }
        }
        String nothing = Ids.next().toString();
        for (String id : signs.ids()) {
            for (String path : List.of(id, id + "/file")) {
                Response of = with(token).get("/api/exports/" + path);
                Response none = with(token).get("/api/exports/" + path.replace(id, nothing));
                if (of.statusCode() != 404
                        || !of.asString()
                                .replace(id, "it")
                                .equals(none.asString().replace(nothing, "it"))) {
                    leaks.add(path + " is told from nobody's: " + of.asString());
                }
            }
            if (with(token).delete("/api/exports/" + id).statusCode() != 404) {
                leaks.add(id + " can be dropped");
            }
        }
        assertEquals(List.of(), leaks);
        assertEquals(before, footprint.digest(victim.tenant().id()));
    }

    /** Else the test above would prove nothing. */
    @Test
    void theSameExportsShowTheOwnerItsOwn() {
        String token = victim.tenant().manager();
        Signs signs = Signs.of(footprint, victim);
        List<String> blind = new ArrayList<>();
        for (ExportList<?, ?> list : lists) {
            boolean seen = false;
            for (Map<String, ?> filter : Samples.exportFilters(list.name(), signs.ids())) {
                String id = exports.made(token, list.name(), "CSV", filter, "en");
                String shown = TestExports.text(TestExports.file(token, id));
                seen = seen || shown.lines().count() > 1;
                with(token).delete("/api/exports/" + id);
            }
            if (!seen) {
                blind.add(list.name());
            }
        }
        assertEquals(List.of(), blind);
    }

    /** Nobody needs a token there, so nobody is of any company. */
    @Test
    void theDoorsForLoggingInShowAndMoveNothing() {
        UUID company = victim.tenant().id();
        Map<String, String> before = footprint.digest(company);
        Signs signs = Signs.of(footprint, victim);
        String keys = given().get("/api/login/keys/" + company)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertTrue(keys.contains("kid"), "else this would prove nothing");
        assertEquals(Set.of(), signs.in(keys));
        for (String id : signs.ids()) {
            assertEquals("{\"keys\":[]}", given().get("/api/login/keys/" + id).asString());
            Response of = given().contentType("application/json")
                    .body(Map.of("company", victim.tenant().code(), "code", id))
                    .post("/api/login/wechat");
            assertNotEquals(200, of.statusCode());
            assertEquals(Set.of(), signs.in(of.asString()));
        }
        assertEquals(before, footprint.digest(company));
    }

    /** What the framework shows without a token speaks of the service, not of companies. */
    @Test
    void healthMetricsAndSchemaNameNoCompany() {
        Signs signs = Signs.of(footprint, victim);
        for (String path : List.of("/q/health", "/q/metrics", "/graphql/schema.graphql")) {
            String shown = given().get(path).then().statusCode(200).extract().asString();
            assertFalse(shown.isBlank(), path);
            assertEquals(Set.of(), signs.in(shown), path);
            for (DeviceClass each : DeviceClass.values()) {
                assertFalse(shown.contains(victim.device(each).card().uid()), path);
            }
        }
    }

    private static List<Permission> doors() {
        return Permission.all().stream()
                .filter(each -> each.kind().equals("REST"))
                .toList();
    }

    private String tokenOf(String role) {
        return role.equals(Roles.PLATFORM_OPERATOR)
                ? TestTenants.operator()
                : victim.tenant().as("role-" + role, role);
    }

    private static void expect(
            List<String> open, Permission door, int status, String who, RequestSpecification request) {
        int answered = knock(door, request);
        if (answered != status) {
            open.add(door.name() + " answers " + answered + " to " + who);
        }
    }

    private static int knock(Permission door, RequestSpecification request) {
        String[] words = door.name().split(" ");
        return request.contentType(Doors.takesJson(door.name()) ? "application/json" : "text/csv")
                .body(Doors.takesJson(door.name()) ? "{}" : "kind,serial_no\n")
                .request(words[0], words[1].replace("{id}", Ids.next().toString()))
                .statusCode();
    }

    private static RequestSpecification with(String token) {
        return given().auth().oauth2(token);
    }
}
