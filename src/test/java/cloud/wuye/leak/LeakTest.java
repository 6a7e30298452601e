package cloud.wuye.leak;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every query and mutation of the running schema (subscriptions: {@code DeviceWatchTest}), tried by a neighbouring company with every id that the
 * victim owns. A field added tomorrow is tried tomorrow.
 */
@QuarkusTest
class LeakTest {
    /** Asked without a role, on purpose: who am I? */
    private static final Set<String> FOR_EVERYONE_LOGGED_IN = Set.of("me");

    @Inject
    Db db;

    private TypeDefinitionRegistry schema;
    private Footprint footprint;
    private TestTenant victim;
    private TestTenant neighbour;
    private Set<String> victimsIds;

    @BeforeEach
    void twoCompanies() {
        schema = new SchemaParser().parse(given().get("/graphql/schema.graphql").asString());
        footprint = new Footprint(db);
        victim = TestTenants.fresh();
        neighbour = TestTenants.fresh();
        Inhabited.by(victim);
        Inhabited.by(neighbour);
        victimsIds = footprint.ids(victim.id());
    }

    @Test
    void queriesShowTheNeighbourNothing() {
        Graph intruder = everyRole(neighbour);
        List<String> leaks = new ArrayList<>();
        for (RootField query : RootField.of(schema, "Query", "query")) {
            for (String id : idsFor(query)) {
                tell(leaks, query, id, intruder.send(query.document(id, Samples.ALL)));
            }
            tell(leaks, query, "no id", intruder.send(query.bareDocument(anyId(), Samples.ALL)));
        }
        assertEquals(List.of(), leaks);
    }

    @Test
    void theSameQueriesShowTheOwnerItsOwn() {
        Graph owner = everyRole(victim);
        List<String> blind = new ArrayList<>();
        for (RootField query : RootField.of(schema, "Query", "query")) {
            boolean seen =
                    !found(owner.send(query.bareDocument(anyId(), Samples.ALL))).isEmpty();
            for (String id : idsFor(query)) {
                seen = seen
                        || !found(owner.send(query.document(id, Samples.ALL))).isEmpty();
            }
            if (!seen && !Samples.SHOW_NO_IDS.contains(query.name())) {
                blind.add(query.name());
            }
        }
        assertEquals(List.of(), blind, "a query that shows its owner nothing proves nothing about its neighbour");
    }

    @Test
    void mutationsMoveNothingOfTheNeighbours() {
        TreeMap<String, String> before = footprint.digest(victim.id());
        Graph intruder = everyRole(neighbour);
        List<String> leaks = new ArrayList<>();
        List<String> untried = new ArrayList<>();
        for (RootField mutation : RootField.of(schema, "Mutation", "mutation")) {
            Set<String> codes = new TreeSet<>();
            for (String id : idsFor(mutation)) {
                JsonPath answer = intruder.send(mutation.document(id, Samples.ALL));
                tell(leaks, mutation, id, answer);
                codes.add(String.valueOf(answer.getString("errors[0].extensions.code")));
            }
            codes.removeAll(Set.of("VALIDATION", "GRAPHQL_INVALID", "GRAPHQL_SYNTAX", "BAD_REQUEST", "INTERNAL"));
            if (codes.isEmpty()) {
                untried.add(mutation.name());
            }
        }
        assertEquals(List.of(), leaks);
        assertEquals(before, footprint.digest(victim.id()));
        assertEquals(List.of(), untried, "refused for its form only: give it a sample");
    }

    @Test
    void strangersAndResidentsAreTurnedAwayAtTheDoor() {
        List<String> open = new ArrayList<>();
        for (String root : List.of("Query", "Mutation")) {
            for (RootField field : RootField.of(schema, root, root.toLowerCase(java.util.Locale.ROOT))) {
                String document = field.document(anyId(), Samples.ALL);
                if (!FOR_EVERYONE_LOGGED_IN.contains(field.name())) {
                    expect(open, field, "FORBIDDEN", Graph.as(victim.as("wu")).send(document));
                }
                expect(open, field, "UNAUTHENTICATED", anonymously(document));
            }
        }
        assertEquals(List.of(), open);
    }

    @Test
    void theVictimOwnsARowInEveryTable() {
        TreeMap<String, String> digests = footprint.digest(victim.id());
        List<String> empty = digests.entrySet().stream()
                .filter(e -> e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        List<String> unexpected = new ArrayList<>(empty);
        unexpected.removeAll(Samples.TABLES_WITHOUT_A_ROW);
        assertEquals(List.of(), unexpected, "a table without a row of the victim's cannot leak one: fill it");
        assertFalse(victimsIds.isEmpty());
        assertTrue(digests.size() > 10);
    }

    private Set<String> idsFor(RootField field) {
        return field.takesId() ? victimsIds : Set.of(anyId());
    }

    private String anyId() {
        return victimsIds.iterator().next();
    }

    private void tell(List<String> leaks, RootField field, String id, JsonPath answer) {
        Set<String> found = found(answer);
        if (!found.isEmpty()) {
            leaks.add(field.name() + " with " + id + " shows " + found);
        }
    }

    /** What of the victim's stands in the answer's data; an id in an error is only the asker's own word. */
    private Set<String> found(JsonPath answer) {
        String data = String.valueOf(answer.<Object>get("data"));
        Set<String> found = new TreeSet<>();
        for (String id : victimsIds) {
            if (data.contains(id)) {
                found.add(id);
            }
        }
        if (data.contains(victim.code())) {
            found.add(victim.code());
        }
        return found;
    }

    private static void expect(List<String> open, RootField field, String code, JsonPath answer) {
        String got = answer.getString("errors[0].extensions.code");
        if (!code.equals(got)) {
            open.add(field.name() + " answers " + got + " instead of " + code);
        }
    }

    private static Graph everyRole(TestTenant tenant) {
        return Graph.as(tenant.as("all", Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN, Roles.RESIDENT));
    }

    private static JsonPath anonymously(String document) {
        return given().contentType("application/json")
                .body(Map.of("query", document))
                .post("/graphql")
                .jsonPath();
    }
}
