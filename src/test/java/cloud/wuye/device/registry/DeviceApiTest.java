package cloud.wuye.device.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeviceApiTest {
    private static final String REGISTER =
            "mutation($input:DeviceInput!){r:registerDevice(input:$input){device{id uid version lifecycle connectivity name}"
                    + " credential{username password}}}";
    private static final String ROTATE =
            "mutation($id:ID!){c:rotateDeviceCredential(id:$id,reason:\"lost\"){username password}}";

    private TestTenant company;
    private Graph technician;

    @BeforeEach
    void freshCompany() {
        company = TestTenants.fresh();
        technician = Graph.as(company.technician());
    }

    @Test
    void aRegisteredDeviceGetsAnOpaqueNameAndASecretShownOnce() {
        JsonPath done = technician.ask(REGISTER, "input", Map.of("kind", "ELECTRICITY_METER", "serialNo", " ZJ-1 "));
        assertTrue(done.getString("r.device.uid").matches("d[0-9a-z]{16}"));
        assertEquals(done.getString("r.device.uid"), done.getString("r.credential.username"));
        assertTrue(done.getString("r.credential.password").length() >= 22);
        assertEquals("REGISTERED", done.getString("r.device.lifecycle"));
        assertEquals("UNKNOWN", done.getString("r.device.connectivity"));
        assertEquals("ZJ-1", done.getString("r.device.name"));
        String log = Graph.as(company.manager())
                .ask("{auditEntries(filter:{subjectType:\"Device\"}){nodes{act before after}}}")
                .prettify();
        assertTrue(log.contains("device.register"));
        assertFalse(log.contains(done.getString("r.credential.password")));
    }

    @Test
    void aSerialNumberIsUniqueInTheCompanyOnly() {
        register("ELECTRICITY_METER", "ZJ-1");
        JsonPath again = technician.refused(
                "ALREADY_EXISTS", REGISTER, "input", Map.of("kind", "WATER_METER", "serialNo", "ZJ-1"));
        assertEquals("serialNo", again.getString("errors[0].extensions.field"));
        Graph.as(TestTenants.fresh().technician())
                .ask(REGISTER, "input", Map.of("kind", "WATER_METER", "serialNo", "ZJ-1"));
        String other = register("WATER_METER", "ZJ-2");
        technician.refused("ALREADY_EXISTS", edit("serialNo:\"ZJ-1\""), "id", other, "version", 0);
    }

    @Test
    void badInputNamesItsField() {
        JsonPath answer =
                technician.refused("VALIDATION", REGISTER, "input", Map.of("kind", "GATEWAY", "serialNo", " "));
        assertTrue(answer.getString("errors[0].extensions.field").endsWith("serialNo"), answer::prettify);
    }

    @Test
    void theLifeOfADeviceHasNoWayBackFromRetirement() {
        String id = register("ELECTRICITY_METER", "A");
        technician.refused("ILLEGAL_STATE", act("enableDevice"), "id", id, "version", 0);
        assertEquals("DISABLED", life(act("disableDevice"), id, 0));
        assertEquals("ACTIVE", life(act("enableDevice"), id, 1));
        assertEquals("RETIRED", life(act("retireDevice"), id, 2));
        technician.refused("ILLEGAL_STATE", act("retireDevice"), "id", id, "version", 3);
        technician.refused("ILLEGAL_STATE", act("enableDevice"), "id", id, "version", 3);
        technician.refused("ILLEGAL_STATE", edit("name:\"x\""), "id", id, "version", 3);
        technician.refused("ILLEGAL_STATE", ROTATE, "id", id);
        assertEquals(List.of(), technician.ask("{devices{nodes{id}}}").getList("devices.nodes"));
        assertEquals(
                List.of(id),
                technician
                        .ask("{devices(filter:{lifecycles:[RETIRED]}){nodes{id}}}")
                        .getList("devices.nodes.id"));
    }

    @Test
    void anEditOfAnOlderStateIsRefused() {
        String id = register("ELECTRICITY_METER", "A");
        assertEquals(
                "Lobby",
                technician
                        .ask(edit("name:\"Lobby\",heartbeatSeconds:30"), "id", id, "version", 0)
                        .getString("d.name"));
        technician.refused("STALE", edit("name:\"Hall\""), "id", id, "version", 0);
    }

    @Test
    void rotationMakesANewSecret() {
        JsonPath done = technician.ask(REGISTER, "input", Map.of("kind", "GATEWAY", "serialNo", "G"));
        JsonPath rotated = technician.ask(ROTATE, "id", done.getString("r.device.id"));
        assertEquals(done.getString("r.credential.username"), rotated.getString("c.username"));
        assertNotEquals(done.getString("r.credential.password"), rotated.getString("c.password"));
    }

    @Test
    void aChildOfAGatewayHasNoLogin() {
        String gateway = register("GATEWAY", "G");
        JsonPath child = technician.ask(
                REGISTER, "input", Map.of("kind", "ELECTRICITY_METER", "serialNo", "C1", "gatewayId", gateway));
        assertNull(child.get("r.credential"));
        String id = child.getString("r.device.id");
        technician.refused("DEVICE_BEHIND_GATEWAY", ROTATE, "id", id);
        technician.refused("DEVICE_HAS_CHILDREN", act("retireDevice"), "id", gateway, "version", 0);
        String meter = register("WATER_METER", "W");
        technician.refused(
                "DEVICE_NOT_A_GATEWAY",
                REGISTER,
                "input",
                Map.of("kind", "WATER_METER", "serialNo", "C2", "gatewayId", meter));

        JsonPath seen = technician.ask(
                "query($g:ID!){device(id:$g){children{serialNo gateway{serialNo}}} devices(filter:{gatewayId:$g}){nodes{id}}}",
                "g",
                gateway);
        assertEquals(List.of("C1"), seen.getList("device.children.serialNo"));
        assertEquals(List.of("G"), seen.getList("device.children.gateway.serialNo"));
        assertEquals(List.of(id), seen.getList("devices.nodes.id"));

        technician.ask("mutation($id:ID!){attachDevice(id:$id,version:0){gatewayId}}", "id", id);
        assertNotNull(technician.ask(ROTATE, "id", id).getString("c.password"));
        technician.ask(act("retireDevice"), "id", gateway, "version", 0);
    }

    @Test
    void devicesStandInSpacesWhichStayInUse() {
        String garden = space(null, "COMMUNITY", "garden");
        String building = space(garden, "BUILDING", "1");
        String meter = technician
                .ask(REGISTER, "input", Map.of("kind", "ELECTRICITY_METER", "serialNo", "M1", "spaceId", building))
                .getString("r.device.id");
        String loose = register("ELECTRICITY_METER", "M2");

        JsonPath seen = technician.ask(
                "query($g:ID!,$b:ID!){below:devices(filter:{within:$g}){nodes{id space{name}}} loose:devices(filter:{unassigned:true}){nodes{id}}"
                        + " space(id:$b){devices(first:1){nodes{id} pageInfo{hasNextPage}}} top:space(id:$g){devices{nodes{id}}}}",
                "g",
                garden,
                "b",
                building);
        assertEquals(List.of(meter), seen.getList("below.nodes.id"));
        assertEquals(List.of("1"), seen.getList("below.nodes.space.name"));
        assertEquals(List.of(loose), seen.getList("loose.nodes.id"));
        assertEquals(List.of(meter), seen.getList("space.devices.nodes.id"));
        assertFalse(seen.getBoolean("space.devices.pageInfo.hasNextPage"));
        assertEquals(List.of(), seen.getList("top.devices.nodes"));

        Graph manager = Graph.as(company.manager());
        String archive = "mutation($id:ID!){archiveSpace(id:$id,version:0){archivedAt}}";
        manager.refused("SPACE_IN_USE", archive, "id", building);
        String assign =
                "mutation($id:ID!,$version:Int!,$space:ID){d:assignDevice(id:$id,version:$version,spaceId:$space){spaceId}}";
        technician.ask(assign, "id", meter, "version", 0, "space", null);
        manager.ask(archive, "id", building);
        technician.refused("SPACE_ARCHIVED", assign, "id", meter, "version", 1, "space", building);
    }

    @Test
    void aSpaceShowsItsDevicesByPages() {
        String garden = space(null, "COMMUNITY", "garden");
        for (int i = 1; i <= 5; i++) {
            technician.ask(
                    REGISTER, "input", Map.of("kind", "ELECTRICITY_METER", "serialNo", "S" + i, "spaceId", garden));
        }
        String page =
                "query($g:ID!,$after:String){space(id:$g){devices(first:2,after:$after){nodes{serialNo} pageInfo{hasNextPage endCursor}}}}";
        JsonPath one = technician.ask(page, "g", garden);
        assertEquals(List.of("S1", "S2"), one.getList("space.devices.nodes.serialNo"));
        JsonPath two = technician.ask(page, "g", garden, "after", one.get("space.devices.pageInfo.endCursor"));
        assertEquals(List.of("S3", "S4"), two.getList("space.devices.nodes.serialNo"));
        JsonPath three = technician.ask(page, "g", garden, "after", two.get("space.devices.pageInfo.endCursor"));
        assertEquals(List.of("S5"), three.getList("space.devices.nodes.serialNo"));
        assertFalse(three.getBoolean("space.devices.pageInfo.hasNextPage"));
    }

    @Test
    void aListIsFilteredSortedAndPaged() {
        register("WATER_METER", "W-1");
        register("ELECTRICITY_METER", "E-2");
        register("ELECTRICITY_METER", "E-1");
        assertEquals(
                List.of("E-2", "E-1"),
                technician
                        .ask(
                                "{devices(filter:{kinds:[ELECTRICITY_METER],text:\"e-\"},direction:DESC){nodes{serialNo}}}")
                        .getList("devices.nodes.serialNo"));
        assertEquals(
                List.of("W-1", "E-2", "E-1"),
                technician
                        .ask("{devices(sort:CREATED_AT,filter:{connectivity:UNKNOWN}){nodes{serialNo}}}")
                        .getList("devices.nodes.serialNo"));
        JsonPath first = technician.ask("{devices(first:2){nodes{serialNo} pageInfo{endCursor}}}");
        JsonPath rest = technician.ask(
                "query($a:String){devices(first:2,after:$a){nodes{serialNo} pageInfo{hasNextPage}}}",
                "a",
                first.get("devices.pageInfo.endCursor"));
        assertEquals(List.of("W-1"), rest.getList("devices.nodes.serialNo"));
    }

    @Test
    void anotherCompanyAndOtherRolesAreShutOut() {
        String id = register("ELECTRICITY_METER", "A");
        Graph stranger = Graph.as(TestTenants.fresh().manager());
        assertNull(stranger.ask("query($id:ID!){device(id:$id){id}}", "id", id).get("device"));
        stranger.refused("NOT_FOUND", ROTATE, "id", id);
        stranger.refused("NOT_FOUND", act("retireDevice"), "id", id, "version", 0);
        stranger.refused(
                "NOT_FOUND", REGISTER, "input", Map.of("kind", "WATER_METER", "serialNo", "X", "gatewayId", id));
        Graph.as(company.finance()).refused("FORBIDDEN", ROTATE, "id", id);
        Graph.as(company.resident()).refused("FORBIDDEN", "{devices{nodes{id}}}");
        assertEquals(
                id,
                Graph.as(company.finance())
                        .ask("query($id:ID!){device(id:$id){id}}", "id", id)
                        .getString("device.id"));
    }

    private String register(String kind, String serialNo) {
        return technician
                .ask(REGISTER, "input", Map.of("kind", kind, "serialNo", serialNo))
                .getString("r.device.id");
    }

    private String space(String parent, String kind, String name) {
        Map<String, Object> input = new HashMap<>(Map.of("kind", kind, "name", name));
        input.put("parentId", parent);
        return Graph.as(company.manager())
                .ask("mutation($input:SpaceInput!){s:createSpace(input:$input){id}}", "input", input)
                .getString("s.id");
    }

    private String life(String act, String id, int version) {
        return technician.ask(act, "id", id, "version", version).getString("d.lifecycle");
    }

    private static String act(String mutation) {
        return "mutation($id:ID!,$version:Int!){d:" + mutation
                + "(id:$id,version:$version,reason:\"test\"){lifecycle}}";
    }

    private static String edit(String input) {
        return "mutation($id:ID!,$version:Int!){d:editDevice(id:$id,version:$version,input:{" + input + "}){name}}";
    }
}
