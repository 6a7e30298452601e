package cloud.wuye.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SpaceApiTest {
    private static final String CREATE =
            "mutation($input:SpaceInput!){s:createSpace(input:$input){id version parentId}}";
    private static final String MOVE =
            "mutation($id:ID!,$version:Int!,$to:ID){s:moveSpace(id:$id,version:$version,parentId:$to){id version parentId}}";
    private static final String ARCHIVE =
            "mutation($id:ID!,$version:Int!){s:archiveSpace(id:$id,version:$version,reason:\"demolished\"){archivedAt}}";
    private static final String RENAME =
            "mutation($id:ID!,$version:Int!,$name:String){s:editSpace(id:$id,version:$version,input:{name:$name}){name version}}";

    private TestTenant company;
    private Graph manager;

    @BeforeEach
    void freshCompany() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
    }

    @Test
    void theTreeIsShownWithParentsChildrenAndBreadcrumbs() {
        String garden = space(null, "COMMUNITY", "海棠花园");
        String one = space(garden, "BUILDING", "1号楼");
        String two = space(garden, "BUILDING", "2号楼");
        String floor = space(one, "FLOOR", "3层");
        String flat = space(floor, "UNIT", "302");

        JsonPath seen = manager.ask(
                "query($flat:ID!,$garden:ID!){flat:space(id:$flat){parent{name} path{name}} garden:space(id:$garden){parent{name} children{id children{name}}}"
                        + " roots:spaces(filter:{roots:true}){nodes{name}} units:spaces(filter:{kind:\"UNIT\",within:$garden}){nodes{id}}}",
                "flat",
                flat,
                "garden",
                garden);
        assertEquals("3层", seen.getString("flat.parent.name"));
        assertEquals(List.of("海棠花园", "1号楼", "3层", "302"), seen.getList("flat.path.name"));
        assertNull(seen.get("garden.parent"));
        assertEquals(List.of(one, two), seen.getList("garden.children.id"));
        assertEquals(List.of(List.of("3层"), List.of()), seen.getList("garden.children.children.name"));
        assertEquals(List.of("海棠花园"), seen.getList("roots.nodes.name"));
        assertEquals(List.of(flat), seen.getList("units.nodes.id"));
    }

    @Test
    void aSubtreeIsCutAtItsDepthAndHoldsParentsFirst() {
        String garden = space(null, "COMMUNITY", "garden");
        String building = space(garden, "BUILDING", "b");
        String floor = space(building, "FLOOR", "f");
        space(null, "COMMUNITY", "another");
        String subtree = "query($id:ID!,$depth:Int){s:spaceSubtree(id:$id,depth:$depth){id}}";
        assertEquals(
                List.of(garden, building, floor),
                manager.ask(subtree, "id", garden).getList("s.id"));
        assertEquals(
                List.of(garden, building),
                manager.ask(subtree, "id", garden, "depth", 1).getList("s.id"));
    }

    @Test
    void aMoveTakesEverythingBelowAlong() {
        String garden = space(null, "COMMUNITY", "garden");
        String from = space(garden, "BUILDING", "from");
        String to = space(garden, "BUILDING", "to");
        String floor = space(from, "FLOOR", "floor");
        String flat = space(floor, "UNIT", "flat");

        JsonPath moved = manager.ask(MOVE, "id", floor, "version", 0, "to", to);
        assertEquals(to, moved.getString("s.parentId"));
        assertEquals(1, moved.getInt("s.version"));
        assertEquals(List.of("garden", "to", "floor", "flat"), path(flat));
        assertEquals(List.of(to, floor, flat), within(to));
        assertEquals(List.of(from), within(from));
    }

    @Test
    void aSpaceCannotStandBelowItselfNorWhereItsKindMayNot() {
        String outer = space(null, "PARKING", "outer");
        String zone = space(space(null, "COMMUNITY", "garden"), "ZONE", "zone");
        manager.refused("SPACE_KIND_MISPLACED", MOVE, "id", outer, "version", 0, "to", outer);
        manager.refused("SPACE_KIND_MISPLACED", MOVE, "id", zone, "version", 0, "to", null);
        manager.refused("SPACE_KIND_MISPLACED", CREATE, "input", input(null, "UNIT", "in the air"));
        manager.refused("SPACE_KIND_UNKNOWN", CREATE, "input", input(null, "CASTLE", "x"));
        manager.refused("NOT_FOUND", CREATE, "input", input("00000000-0000-7000-8000-000000000000", "UNIT", "x"));
    }

    @Test
    void movesAtTheSameTimeNeverMakeACycle() {
        String top = space(null, "GROUP", "top");
        String a = space(top, "GROUP", "a");
        String b = space(top, "GROUP", "b");
        for (int round = 0; round < 5; round++) {
            CompletableFuture<?> one = CompletableFuture.runAsync(() -> moveNow(a, b));
            CompletableFuture<?> two = CompletableFuture.runAsync(() -> moveNow(b, a));
            CompletableFuture.allOf(one, two).join();
            assertEquals(3, within(top).size());
            assertTrue(path(a).size() + path(b).size() == 5, "one hangs below the other, not both");
            moveNow(a, top);
            moveNow(b, top);
        }
    }

    @Test
    void aCycleIsRefused() {
        String a = space(null, "GROUP", "a");
        String b = space(a, "GROUP", "b");
        manager.refused("SPACE_CYCLE", MOVE, "id", a, "version", 0, "to", b);
        manager.refused("SPACE_CYCLE", MOVE, "id", a, "version", 0, "to", a);
    }

    @Test
    void spacesAreNestedOnlySoDeep() {
        String parent = null;
        for (int i = 0; i < Space.MAX_DEPTH; i++) {
            parent = space(parent, "GROUP", "level " + i);
        }
        manager.refused("SPACE_TOO_DEEP", CREATE, "input", input(parent, "GROUP", "one more"));
        String low = space(null, "GROUP", "low");
        space(low, "GROUP", "lower");
        String shallow = path(parent).get(Space.MAX_DEPTH - 2);
        manager.refused("SPACE_TOO_DEEP", MOVE, "id", low, "version", 0, "to", idOf(shallow));
    }

    @Test
    void aNameIsTakenOnlyAmongSiblingsInUse() {
        String garden = space(null, "COMMUNITY", "garden");
        String one = space(garden, "BUILDING", "1");
        String two = space(garden, "BUILDING", "2");
        manager.refused("ALREADY_EXISTS", CREATE, "input", input(garden, "BUILDING", "1"));
        manager.refused("ALREADY_EXISTS", CREATE, "input", input(null, "COMMUNITY", "garden"));
        manager.refused("ALREADY_EXISTS", RENAME, "id", two, "version", 0, "name", "1");
        manager.ask(ARCHIVE, "id", one, "version", 0);
        assertEquals(
                "1", manager.ask(RENAME, "id", two, "version", 0, "name", " 1 ").getString("s.name"));
    }

    @Test
    void anEditOfAnOlderStateIsRefused() {
        String garden = space(null, "COMMUNITY", "garden");
        assertEquals(
                1,
                manager.ask(RENAME, "id", garden, "version", 0, "name", "park").getInt("s.version"));
        JsonPath late = manager.refused("STALE", RENAME, "id", garden, "version", 0, "name", "meadow");
        assertEquals("version", late.getString("errors[0].extensions.field"));
    }

    @Test
    void aSpaceInUseIsNotArchivedAndAnArchivedOneNotUsed() {
        String garden = space(null, "COMMUNITY", "garden");
        String building = space(garden, "BUILDING", "1");
        manager.refused("SPACE_IN_USE", ARCHIVE, "id", garden, "version", 0);
        assertNotNull(manager.ask(ARCHIVE, "id", building, "version", 0).get("s.archivedAt"));
        manager.refused("SPACE_ARCHIVED", CREATE, "input", input(building, "FLOOR", "1"));
        manager.refused("SPACE_ARCHIVED", RENAME, "id", building, "version", 1, "name", "x");
        assertEquals(List.of(garden), within(garden));
        manager.ask(ARCHIVE, "id", garden, "version", 0);
    }

    @Test
    void everyChangeStandsInTheAuditLog() {
        String garden = space(null, "COMMUNITY", "garden");
        manager.ask(RENAME, "id", garden, "version", 0, "name", "park");
        manager.ask(ARCHIVE, "id", garden, "version", 1);
        JsonPath log = manager.ask(
                "query($id:String){auditEntries(filter:{subjectId:$id}){nodes{act actorName reason}}}", "id", garden);
        assertEquals(List.of("space.archive", "space.edit", "space.create"), log.getList("auditEntries.nodes.act"));
        assertEquals("demolished", log.getString("auditEntries.nodes[0].reason"));
    }

    @Test
    void whoIsNoManagerOnlyLooksAndAResidentNotEvenThat() {
        String garden = space(null, "COMMUNITY", "garden");
        Graph.as(company.technician()).refused("FORBIDDEN", CREATE, "input", input(garden, "BUILDING", "1"));
        Graph.as(company.technician()).refused("FORBIDDEN", ARCHIVE, "id", garden, "version", 0);
        Graph.as(company.resident()).refused("FORBIDDEN", "{spaces{nodes{id}}}");
        assertEquals(
                List.of(garden),
                Graph.as(company.finance()).ask("{spaces{nodes{id}}}").getList("spaces.nodes.id"));
    }

    @Test
    void anotherCompanySeesNothingAndTouchesNothing() {
        String garden = space(null, "COMMUNITY", "garden");
        Graph stranger = Graph.as(TestTenants.fresh().manager());
        assertNull(
                stranger.ask("query($id:ID!){space(id:$id){id}}", "id", garden).get("space"));
        assertEquals(List.of(), stranger.ask("{spaces{nodes{id}}}").getList("spaces.nodes"));
        stranger.refused("NOT_FOUND", RENAME, "id", garden, "version", 0, "name", "mine");
        stranger.refused("NOT_FOUND", CREATE, "input", input(garden, "BUILDING", "mine"));
    }

    @Test
    void aListIsPagedInItsOrder() {
        String garden = space(null, "COMMUNITY", "garden");
        List<String> names = IntStream.range(0, 7).mapToObj(i -> "b" + i).toList();
        names.forEach(name -> space(garden, "BUILDING", name));
        String list =
                "query($p:ID!,$after:String){spaces(filter:{parentId:$p,text:\"B\"},sort:NAME,first:3,after:$after)"
                        + "{nodes{name} pageInfo{hasNextPage endCursor}}}";
        JsonPath first = manager.ask(list, "p", garden);
        assertEquals(names.subList(0, 3), first.getList("spaces.nodes.name"));
        JsonPath second = manager.ask(list, "p", garden, "after", first.get("spaces.pageInfo.endCursor"));
        assertEquals(names.subList(3, 6), second.getList("spaces.nodes.name"));
        assertTrue(second.getBoolean("spaces.pageInfo.hasNextPage"));
    }

    private String space(String parent, String kind, String name) {
        return manager.ask(CREATE, "input", input(parent, kind, name)).getString("s.id");
    }

    private static java.util.Map<String, Object> input(String parent, String kind, String name) {
        java.util.Map<String, Object> input = new java.util.HashMap<>();
        input.put("kind", kind);
        input.put("name", name);
        if (parent != null) {
            input.put("parentId", parent);
        }
        return input;
    }

    private void moveNow(String id, String to) {
        int version =
                manager.ask("query($id:ID!){space(id:$id){version}}", "id", id).getInt("space.version");
        manager.send(MOVE, "id", id, "version", version, "to", to);
    }

    private List<String> path(String id) {
        return manager.ask("query($id:ID!){space(id:$id){path{name}}}", "id", id)
                .getList("space.path.name");
    }

    private List<String> within(String id) {
        return manager.ask("query($id:ID!){s:spaceSubtree(id:$id){id}}", "id", id)
                .getList("s.id");
    }

    private String idOf(String name) {
        return manager.ask("query($n:String!){spaces(filter:{text:$n}){nodes{id}}}", "n", name)
                .getString("spaces.nodes[0].id");
    }
}
