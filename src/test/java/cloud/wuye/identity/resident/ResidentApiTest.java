package cloud.wuye.identity.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The directory as staff keep it; accounts are looked at where there is a Keycloak. */
@QuarkusTest
class ResidentApiTest {
    private static final String REGISTER =
            "mutation($i:ResidentInput!){r:registerResident(input:$i){temporaryPassword resident{id name phone kind state version subject}}}";
    private static final String EDIT =
            "mutation($id:ID!,$v:Int!,$i:ResidentInput!){r:editResident(id:$id version:$v input:$i){name phone note version}}";
    private static final String MEMBERS =
            "mutation($g:ID!,$in:[ID!]!,$out:[ID!]!){g:changeResidentGroupMembers(id:$g add:$in remove:$out){id}}";

    @Inject
    TestDevices tables;

    private TestTenant company;
    private Graph finance;

    @BeforeEach
    void freshCompany() {
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
    }

    @Test
    void aResidentIsWrittenDownOnceHoweverOftenAndTheirNumberIsTheirs() {
        JsonPath made = finance.ask(REGISTER, "i", person("张伟", "138 0013-8000"));
        assertEquals("13800138000", made.getString("r.resident.phone"));
        assertEquals("ACTIVE", made.getString("r.resident.state"));
        assertNull(made.get("r.temporaryPassword"));
        assertNull(made.get("r.resident.subject"));
        assertEquals(
                made.getString("r.resident.id"),
                finance.ask(REGISTER, "i", person("张伟", "13800138000")).getString("r.resident.id"));
        finance.refused("ALREADY_EXISTS", REGISTER, "i", person("刘洋", "138-0013-8000"));
        finance.refused("VALIDATION", REGISTER, "i", person("刘洋", "12"));
        // Next door the number is free.
        Graph.as(TestTenants.fresh().manager()).ask(REGISTER, "i", person("刘洋", "13800138000"));
    }

    @Test
    void anEditSaysAllAnewAndOnlyOnceFromTheSameState() {
        String id = resident("张伟", "13800138000");
        resident("刘洋", "13900139000");
        JsonPath edited = finance.ask(EDIT, "id", id, "v", 0, "i", Map.of("name", "张薇", "kind", "GUEST", "note", "夜班"));
        assertEquals("张薇", edited.getString("r.name"));
        assertNull(edited.get("r.phone"), "what is absent is forgotten");
        assertEquals(1, edited.getInt("r.version"));
        finance.refused("STALE", EDIT, "id", id, "v", 0, "i", person("张薇", null));
        finance.refused("ALREADY_EXISTS", EDIT, "id", id, "v", 1, "i", person("张薇", "13900139000"));
        finance.refused("NOT_FOUND", EDIT, "id", Ids.next().toString(), "v", 0, "i", person("谁", null));
    }

    @Test
    void residentsAreFilteredAndSorted() {
        String zhang = resident("Zhang Wei", "13800138000");
        String liu = resident("Liu Yang", "13900139000");
        String guest = finance.ask(REGISTER, "i", Map.of("name", "Wu Fang", "kind", "GUEST"))
                .getString("r.resident.id");
        finance.ask("mutation($id:ID!){disableResident(id:$id reason:\"left\"){state}}", "id", liu);
        String group = group("老人");
        finance.ask(MEMBERS, "g", group, "in", List.of(zhang, guest), "out", List.of());

        assertEquals(List.of(liu, guest, zhang), list("{}", "NAME", "ASC"));
        assertEquals(List.of(guest, liu, zhang), list("{}", "CREATED_AT", "DESC"));
        assertEquals(List.of(zhang), list("{name: \"WEI\"}", "NAME", "ASC"));
        assertEquals(List.of(liu), list("{phone: \"1390\"}", "NAME", "ASC"));
        assertEquals(List.of(guest), list("{kind: GUEST}", "NAME", "ASC"));
        assertEquals(List.of(liu), list("{state: DISABLED}", "NAME", "ASC"));
        assertEquals(List.of(guest, zhang), list("{groupId: \"" + group + "\"}", "NAME", "ASC"));
        assertEquals(List.of(), list("{groupId: \"" + Ids.next() + "\"}", "NAME", "ASC"));
    }

    @Test
    void oneMayBeInSeveralGroups() {
        List<String> people =
                Stream.of("a", "b", "c").map(name -> resident(name, null)).toList();
        String old = group("老人");
        String night = group("夜班");
        finance.refused("ALREADY_EXISTS", "mutation{createResidentGroup(name:\"夜班\"){id}}");
        finance.ask(MEMBERS, "g", old, "in", people, "out", List.of());
        finance.ask(MEMBERS, "g", old, "in", people, "out", List.of(people.get(1)));
        finance.ask(MEMBERS, "g", night, "in", List.of(people.get(0)), "out", List.of(people.get(2)));
        finance.refused("NOT_FOUND", MEMBERS, "g", old, "in", List.of(Ids.next().toString()), "out", List.of());
        String query = "{residents{nodes{name groups{name}}}}";
        JsonPath seen = finance.ask(query);
        assertEquals(Stream.of("夜班", "老人").sorted().toList(), sorted(seen, 0));
        assertEquals(List.of(), sorted(seen, 1));
        assertEquals(List.of("老人"), sorted(seen, 2));

        finance.ask("mutation($id:ID!){renameResidentGroup(id:$id name:\"高龄\"){name}}", "id", old);
        finance.ask("mutation($id:ID!){deleteResidentGroup(id:$id){name}}", "id", night);
        assertEquals(List.of("高龄"), finance.ask("{residentGroups{nodes{name}}}").getList("residentGroups.nodes.name"));
        assertEquals(List.of("高龄"), sorted(finance.ask(query), 0));
        finance.refused("NOT_FOUND", "mutation($id:ID!){deleteResidentGroup(id:$id){name}}", "id", night);
    }

    @Test
    void aLogInSpeaksForTheResidentItIsLinkedToAndForNobodyElse() {
        String zhang = resident("张伟", "13800138000");
        String me = "{me{resident{id name phone kind}}}";
        assertNull(Graph.as(company.resident("zhang")).ask(me).get("me.resident"), "not linked yet");
        tables.run(
                "UPDATE resident SET username = 'zhang', subject = ? WHERE id = ?",
                company.subject("zhang"),
                UUID.fromString(zhang));
        JsonPath seen = Graph.as(company.resident("zhang")).ask(me);
        assertEquals(zhang, seen.getString("me.resident.id"));
        assertEquals("13800138000", seen.getString("me.resident.phone"));
        assertNull(Graph.as(company.resident("liu")).ask(me).get("me.resident"));
        assertNull(Graph.as(company.as("zhang", "technician")).ask(me).get("me.resident"), "without the role");
        assertNull(Graph.as(TestTenants.fresh().resident("zhang")).ask(me).get("me.resident"), "of another company");
        tables.run("UPDATE resident SET state = 'DISABLED' WHERE id = ?", UUID.fromString(zhang));
        assertNull(Graph.as(company.resident("zhang")).ask(me).get("me.resident"), "disabled");
    }

    @Test
    void techniciansReadAndResidentsDoNot() {
        Graph technician = Graph.as(company.technician());
        resident("张伟", null);
        assertEquals(List.of("张伟"), technician.ask("{residents{nodes{name}}}").getList("residents.nodes.name"));
        technician.refused("FORBIDDEN", REGISTER, "i", person("x", null));
        Graph.as(company.resident()).refused("FORBIDDEN", "{residents{nodes{name}}}");
    }

    private List<String> list(String filter, String sort, String direction) {
        return finance.ask("{residents(filter: " + filter + ", sort: " + sort + ", direction: " + direction
                        + "){nodes{id}}}")
                .getList("residents.nodes.id");
    }

    private static List<String> sorted(JsonPath seen, int row) {
        return seen.<String>getList("residents.nodes[" + row + "].groups.name").stream()
                .sorted()
                .toList();
    }

    private String resident(String name, String phone) {
        return finance.ask(REGISTER, "i", person(name, phone)).getString("r.resident.id");
    }

    private String group(String name) {
        return finance.ask("mutation($n:String!){createResidentGroup(name:$n){id}}", "n", name)
                .getString("createResidentGroup.id");
    }

    private static Map<String, Object> person(String name, String phone) {
        return phone == null
                ? Map.of("name", name, "kind", "MEMBER")
                : Map.of("name", name, "kind", "MEMBER", "phone", phone);
    }
}
