package cloud.wuye.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.Graph;
import com.fasterxml.jackson.databind.JsonNode;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.quarkus.test.junit.QuarkusTest;
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
 * Every query and mutation of the running schema, tried by a neighbouring company with every id that the victim owns. A
 * field added tomorrow is tried tomorrow. Subscriptions, topics and doors: the other tests of this package.
 */
@QuarkusTest
class LeakTest {
    @Inject
    Db db;

    @Inject
    TestDevices tables;

    private TypeDefinitionRegistry schema;
    private Footprint footprint;
    private Inhabited victim;
    private Inhabited neighbour;
    private Signs signs;
    private String nobody;

    @BeforeEach
    void twoCompanies() {
        schema = RootField.running();
        footprint = new Footprint(db);
        TwoCompanies both = TwoCompanies.settled(tables);
        victim = both.victim();
        neighbour = both.neighbour();
        signs = Signs.of(footprint, victim);
        nobody = Ids.next().toString();
    }

    @Test
    void queriesShowTheNeighbourNothing() {
        Graph intruder = neighbour.everyRole();
        List<String> leaks = new ArrayList<>();
        for (RootField query : RootField.of(schema, "Query", "query")) {
            String nothing = shown(intruder, query, nobody);
            for (String id : idsFor(query)) {
                JsonNode answer = intruder.tree(query.document(id, Samples.ALL));
                tell(leaks, query, id, answer);
                if (query.takesId() && !nothing.equals(shown(answer, id))) {
                    leaks.add(query.name() + " tells " + id + " from nobody's: " + shown(answer, id));
                }
            }
            tell(leaks, query, "no id", intruder.tree(query.bareDocument(anyId(), Samples.ALL)));
        }
        assertEquals(List.of(), leaks);
    }

    @Test
    void theSameQueriesShowTheOwnerItsOwn() {
        Graph owner = victim.everyRole();
        List<String> blind = new ArrayList<>();
        for (RootField query : RootField.of(schema, "Query", "query")) {
            boolean seen =
                    !found(owner.tree(query.bareDocument(anyId(), Samples.ALL))).isEmpty();
            String nothing = shown(owner, query, nobody);
            for (String id : idsFor(query)) {
                JsonNode answer = owner.tree(query.document(id, Samples.ALL));
                seen = seen || !found(answer).isEmpty() || query.takesId() && !nothing.equals(shown(answer, id));
            }
            if (!seen && !Samples.SHOW_NOTHING.contains(query.name())) {
                blind.add(query.name());
            }
        }
        assertEquals(List.of(), blind, "a query that shows its owner nothing proves nothing about its neighbour");
    }

    @Test
    void mutationsMoveNothingOfTheNeighbours() {
        TreeMap<String, String> before = footprint.digest(victim.tenant().id());
        Graph intruder = neighbour.everyRole();
        List<String> leaks = new ArrayList<>();
        List<String> untried = new ArrayList<>();
        for (RootField mutation : RootField.of(schema, "Mutation", "mutation")) {
            Set<String> codes = new TreeSet<>();
            String nothing = mutation.takesId() ? shown(intruder, mutation, nobody) : "";
            for (String id : idsFor(mutation)) {
                JsonNode answer = intruder.tree(mutation.document(id, Samples.ALL));
                tell(leaks, mutation, id, answer);
                if (mutation.takesId() && !nothing.equals(shown(answer, id))) {
                    leaks.add(mutation.name() + " tells " + id + " from nobody's: " + shown(answer, id));
                }
                codes.add(answer.at("/errors/0/extensions/code").asText());
            }
            codes.removeAll(Set.of("VALIDATION", "GRAPHQL_INVALID", "GRAPHQL_SYNTAX", "BAD_REQUEST", "INTERNAL"));
            if (codes.isEmpty()) {
                untried.add(mutation.name());
            }
        }
        assertEquals(List.of(), leaks);
        assertEquals(before, footprint.digest(victim.tenant().id()));
        assertEquals(List.of(), untried, "refused for its form only: give it a sample");
    }

    @Test
    void theVictimOwnsARowInEveryTable() {
        TreeMap<String, String> digests = footprint.digest(victim.tenant().id());
        List<String> empty = digests.entrySet().stream()
                .filter(e -> e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        assertEquals(List.of(), empty, "a table without a row of the victim's cannot leak one: fill it");
        assertFalse(signs.ids().isEmpty());
        assertTrue(digests.size() > 10);
    }

    private static String shown(Graph intruder, RootField field, String id) {
        return shown(intruder.tree(field.document(id, Samples.ALL)), id);
    }

    /** All that an answer says, but for the id that was asked for: of the victim's it must say what it says of nobody's. */
    private static String shown(JsonNode answer, String id) {
        StringBuilder said = new StringBuilder(answer.path("data").toString());
        answer.path("errors").forEach(error -> said.append(' ')
                .append(error.at("/extensions/code").asText())
                .append(' ')
                .append(error.at("/extensions/field").asText()));
        return said.toString().replace(id, "it");
    }

    private Set<String> idsFor(RootField field) {
        return field.takesId() ? signs.ids() : Set.of(anyId());
    }

    private String anyId() {
        return signs.ids().iterator().next();
    }

    private void tell(List<String> leaks, RootField field, String id, JsonNode answer) {
        Set<String> found = found(answer);
        if (!found.isEmpty()) {
            leaks.add(field.name() + " with " + id + " shows " + found);
        }
    }

    /** What of the victim's stands in the answer's data; an id in an error is only the asker's own word. */
    private Set<String> found(JsonNode answer) {
        return signs.in(answer.path("data").toString());
    }
}
