package cloud.wuye.space.occupancy;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who lives where, and what that makes theirs. */
@QuarkusTest
class OccupancyTest {
    private static final String IN = "mutation($i:OccupancyInput!){m:moveIn(input:$i){id since until role}}";
    private static final String OUT = "mutation($id:ID!,$at:DateTime){m:moveOut(id:$id at:$at){id until}}";

    @Inject
    Db db;

    @Inject
    Occupancies occupancies;

    @Inject
    TestDevices tables;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private TestTenant company;
    private Graph finance;
    private String building;
    private String floor;
    private String flat;
    private String nextDoor;
    private String zhang;

    @BeforeEach
    void aHouse() {
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
        String garden = space(null, "COMMUNITY", "海棠花园");
        building = space(garden, "BUILDING", "1号楼");
        floor = space(building, "FLOOR", "1层");
        flat = space(floor, "UNIT", "101");
        nextDoor = space(floor, "UNIT", "102");
        zhang = resident("张伟");
    }

    @Test
    void whoMovedInIsShownInTheSpaceAtThePersonAndToThemselves() {
        String liu = resident("刘洋");
        moveIn(zhang, flat, "LESSEE");
        moveIn(liu, flat, "FAMILY");
        JsonPath seen = finance.ask(
                "query($s:ID!,$r:ID!){space(id:$s){occupants{role resident{name}}} resident(id:$r){spaces{role space{name}}}}",
                "s",
                flat,
                "r",
                zhang);
        assertEquals(List.of("张伟", "刘洋"), seen.getList("space.occupants.resident.name"));
        assertEquals(List.of("101"), seen.getList("resident.spaces.space.name"));
        assertEquals(List.of("LESSEE"), seen.getList("resident.spaces.role"));

        tables.run(
                "UPDATE resident SET username = 'zhang', subject = ? WHERE id = ?",
                company.subject("zhang"),
                UUID.fromString(zhang));
        JsonPath me = Graph.as(company.resident("zhang")).ask("{me{resident{name spaces{id name kind path role}}}}");
        assertEquals(List.of(flat), me.getList("me.resident.spaces.id"));
        assertEquals(List.of("海棠花园", "1号楼", "1层", "101"), me.getList("me.resident.spaces[0].path"));
    }

    @Test
    void movingInTwiceIsMovingInOnceAndOverlapsAreRefused() {
        String id = moveIn(zhang, flat, "OWNER");
        assertEquals(id, moveIn(zhang, flat, "OWNER"));
        finance.refused("OCCUPANCY_OVERLAPS", IN, "i", stay(zhang, flat, "OWNER", now.minus(Duration.ofDays(9)), null));
        // Another role, another space: another stay.
        moveIn(zhang, flat, "STAFF");
        moveIn(zhang, nextDoor, "OWNER");
        Map<String, Object> past =
                stay(zhang, flat, "OWNER", now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)));
        assertEquals(
                finance.ask(IN, "i", past).getString("m.id"),
                finance.ask(IN, "i", past).getString("m.id"));
        finance.refused(
                "OCCUPANCY_OVERLAPS",
                IN,
                "i",
                stay(zhang, flat, "OWNER", now.minus(Duration.ofDays(2)), now.minus(Duration.ofHours(1))));
        finance.refused("VALIDATION", IN, "i", stay(zhang, flat, "OWNER", now, now));
        finance.refused("NOT_FOUND", IN, "i", stay(Ids.next().toString(), flat, "OWNER", null, null));
        finance.refused("NOT_FOUND", IN, "i", stay(zhang, Ids.next().toString(), "OWNER", null, null));
        finance.ask("mutation($id:ID!){disableResident(id:$id reason:\"left\"){state}}", "id", zhang);
        finance.refused("ILLEGAL_STATE", IN, "i", stay(zhang, floor, "OWNER", null, null));
    }

    @Test
    void theHistoryOfASpaceIsAList() {
        String liu = resident("刘洋");
        Instant old = now.minus(Duration.ofDays(90));
        String first = in(stay(zhang, flat, "LESSEE", old, now.minus(Duration.ofDays(30))));
        String second = in(stay(liu, flat, "LESSEE", now.minus(Duration.ofDays(20)), null));
        String planned = in(stay(zhang, flat, "FAMILY", now.plus(Duration.ofDays(5)), null));
        String above = in(stay(zhang, building, "STAFF", now.minus(Duration.ofDays(1)), null));

        assertEquals(List.of(planned, second, first), history("spaceId:\"" + flat + "\"", ""));
        assertEquals(List.of(first, second, planned), history("spaceId:\"" + flat + "\"", "direction:ASC"));
        assertEquals(List.of(planned, above, second, first), history("within:\"" + building + "\"", ""));
        assertEquals(List.of(planned, above, first), history("residentId:\"" + zhang + "\"", ""));
        assertEquals(List.of(first), history("ended:true", ""));
        assertEquals(List.of(planned, above, second), history("ended:false", ""));
        assertEquals(List.of(second, first), history("roles:[LESSEE]", ""));
        assertEquals(List.of(first), history("at:\"" + old + "\"", ""));
        assertEquals(List.of(above, second), history("at:\"" + now + "\"", ""));
        assertEquals(
                List.of(second),
                history(
                        "since:{from:\"" + now.minus(Duration.ofDays(21)) + "\" to:\"" + now.minus(Duration.ofDays(2))
                                + "\"}",
                        ""));
        assertEquals(
                "刘洋",
                Graph.as(company.technician())
                        .ask("{occupancies(filter:{spaceId:\"" + flat
                                + "\" ended:false roles:[LESSEE]}){nodes{resident{name} space{name}}}}")
                        .getString("occupancies.nodes[0].resident.name"));
        Graph.as(company.resident("sun")).refused("FORBIDDEN", "{occupancies{nodes{id}}}");
    }

    private String in(Map<String, Object> stay) {
        return finance.ask(IN, "i", stay).getString("m.id");
    }

    private List<String> history(String filter, String more) {
        return finance.ask("{occupancies(filter:{" + filter + "} " + more + "){nodes{id}}}")
                .getList("occupancies.nodes.id");
    }

    @Test
    void movingInAtTheSameMomentIsMovingInOnce() {
        Map<String, Object> stay = stay(zhang, flat, "OWNER", null, null);
        Set<String> ids = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> finance.ask(IN, "i", stay).getString("m.id")))
                .limit(6)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .collect(Collectors.toSet());
        assertEquals(1, ids.size());
    }

    @Test
    void movingOutEndsItOnceAndAPlannedEndOnlyComesNearer() {
        String id = moveIn(zhang, flat, "OWNER");
        String until = finance.ask(OUT, "id", id).getString("m.until");
        assertEquals(until, finance.ask(OUT, "id", id).getString("m.until"));
        finance.refused(
                "ILLEGAL_STATE",
                OUT,
                "id",
                id,
                "at",
                now.plus(Duration.ofDays(1)).toString());
        finance.refused("NOT_FOUND", OUT, "id", Ids.next().toString());

        String planned = finance.ask(IN, "i", stay(zhang, nextDoor, "OWNER", now, now.plus(Duration.ofDays(30))))
                .getString("m.id");
        finance.refused(
                "ILLEGAL_STATE",
                OUT,
                "id",
                planned,
                "at",
                now.plus(Duration.ofDays(31)).toString());
        finance.refused(
                "VALIDATION",
                OUT,
                "id",
                planned,
                "at",
                now.minus(Duration.ofDays(1)).toString());
        Instant nearer = now.plus(Duration.ofDays(3));
        assertEquals(
                nearer,
                Instant.parse(
                        finance.ask(OUT, "id", planned, "at", nearer.toString()).getString("m.until")));
        assertEquals(
                List.of("occupancy.moveOut", "occupancy.moveIn"),
                Graph.as(company.manager())
                        .ask("query($id:String){auditEntries(filter:{subjectId:$id}){nodes{act}}}", "id", id)
                        .getList("auditEntries.nodes.act"));
    }

    @Test
    void whatIsTheirsIsTheSubtreeOfWhereTheyAreAndNothingBesideOrAbove() throws Throwable {
        moveIn(zhang, flat, "LESSEE");
        String boss = resident("吴芳");
        finance.ask(IN, "i", stay(boss, floor, "OWNER", now.minus(Duration.ofDays(9)), now.plus(Duration.ofDays(9))));
        moveIn(boss, flat, "OWNER");
        Instant soon = Instant.now().plusSeconds(1);
        assertEquals(Set.of(flat), spacesOf(zhang, soon));
        assertEquals(Set.of(floor, flat, nextDoor), spacesOf(boss, soon), "each once");
        assertEquals(Set.of(flat), spacesOf(boss, now.plus(Duration.ofDays(9))), "the end no longer counts");
        assertEquals(Set.of(), spacesOf(zhang, now.minus(Duration.ofDays(1))), "not yet");
        assertEquals(
                Set.of(floor, flat, nextDoor), spacesOf(boss, now.minus(Duration.ofDays(9))), "the beginning counts");
        // Asked from either side it is the same.
        Map<String, Set<String>> residents = residentsOf(List.of(building, floor, flat, nextDoor), soon);
        assertEquals(Map.of(floor, Set.of(boss), flat, Set.of(boss, zhang), nextDoor, Set.of(boss)), residents);
        TestTenant neighbour = TestTenants.fresh();
        assertEquals(
                List.of(),
                subscribeAndAwait(() ->
                        db.forTenantSql(neighbour.id(), tx -> occupancies.spacesOf(tx, UUID.fromString(boss), soon))));
    }

    @Test
    void whatIsMovedInTheTreeMovesWithItsResidents() throws Throwable {
        moveIn(zhang, floor, "OWNER");
        String other = space(building, "FLOOR", "2层");
        Graph.as(company.manager())
                .ask(
                        "mutation($id:ID!,$to:ID){moveSpace(id:$id version:0 parentId:$to){id}}",
                        "id",
                        nextDoor,
                        "to",
                        other);
        assertEquals(Set.of(floor, flat), spacesOf(zhang, Instant.now().plusSeconds(1)));
    }

    @Test
    void aSpaceThatSomebodyLivesInIsNotArchived() {
        Graph manager = Graph.as(company.manager());
        String archive = "mutation($id:ID!){archiveSpace(id:$id version:0){archivedAt}}";
        String id = moveIn(zhang, flat, "OWNER");
        manager.refused("SPACE_IN_USE", archive, "id", flat);
        finance.ask(OUT, "id", id);
        manager.ask(archive, "id", flat);
        finance.refused("SPACE_ARCHIVED", IN, "i", stay(zhang, flat, "OWNER", null, null));
    }

    private Set<String> spacesOf(String resident, Instant at) throws Throwable {
        List<UUID> ids = subscribeAndAwait(
                () -> db.forTenantSql(company.id(), tx -> occupancies.spacesOf(tx, UUID.fromString(resident), at)));
        Set<String> set = ids.stream().map(UUID::toString).collect(Collectors.toSet());
        assertEquals(ids.size(), set.size());
        return set;
    }

    private Map<String, Set<String>> residentsOf(List<String> spaces, Instant at) throws Throwable {
        Map<String, Set<String>> found = new HashMap<>();
        subscribeAndAwait(() -> db.forTenantSql(
                        company.id(),
                        tx -> occupancies.residentsOf(
                                tx, spaces.stream().map(UUID::fromString).toList(), at)))
                .forEach((space, residents) -> found.put(
                        space.toString(),
                        new HashSet<>(residents.stream().map(UUID::toString).toList())));
        return found;
    }

    private String moveIn(String resident, String space, String role) {
        return finance.ask(IN, "i", stay(resident, space, role, null, null)).getString("m.id");
    }

    private static Map<String, Object> stay(String resident, String space, String role, Instant since, Instant until) {
        Map<String, Object> stay = new HashMap<>(Map.of("residentId", resident, "spaceId", space, "role", role));
        if (since != null) {
            stay.put("since", since.toString());
        }
        if (until != null) {
            stay.put("until", until.toString());
        }
        return stay;
    }

    private String resident(String name) {
        return finance.ask(
                        "mutation($n:String!){registerResident(input:{name:$n kind:MEMBER}){resident{id}}}", "n", name)
                .getString("registerResident.resident.id");
    }

    private String space(String parent, String kind, String name) {
        Map<String, Object> input = new HashMap<>(Map.of("kind", kind, "name", name));
        if (parent != null) {
            input.put("parentId", parent);
        }
        return Graph.as(company.manager())
                .ask("mutation($i:SpaceInput!){createSpace(input:$i){id}}", "i", input)
                .getString("createSpace.id");
    }
}
