package cloud.wuye.space;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.StatementTap;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A question about the tree is one statement, whatever stands in it and however deep: counted on the wire. */
@QuarkusTest
@WithTestResource(StatementTap.Servers.class)
class SpaceStatementsTest {
    private static final String SUBTREE = "query($id:ID!){s:spaceSubtree(id:$id){id name}}";
    private static final String WITHIN = "query($id:ID!){s:spaces(filter:{within:$id}){nodes{id name}}}";
    private static final String DEVICES = "query($id:ID!){s:devices(filter:{within:$id}){nodes{id}}}";
    private static final String TREE =
            "query($id:ID!){s:spaces(filter:{within:$id}){nodes{id parent{name} children{name} path{name}}}}";

    private Graph manager;
    private String garden;

    @BeforeEach
    void aGardenOfFortyPlaces() {
        manager = Graph.as(TestTenants.fresh().manager());
        garden = space(null, "COMMUNITY", "garden");
        for (int b = 0; b < 3; b++) {
            String building = space(garden, "BUILDING", "b" + b);
            for (int f = 0; f < 3; f++) {
                String floor = space(building, "FLOOR", "f" + f);
                for (int u = 0; u < 3; u++) {
                    space(floor, "UNIT", "u" + u);
                }
            }
        }
        // What is asked once per connection, such as preparing, is not the question's.
        for (String question : new String[] {SUBTREE, WITHIN, DEVICES, TREE}) {
            manager.ask(question, "id", garden);
        }
    }

    @Test
    void aSubtreeIsOneStatement() {
        assertEquals(40, statements(1, () -> manager.ask(SUBTREE, "id", garden)
                .getList("s")
                .size()));
    }

    @Test
    void aListWithinASubtreeIsOneStatement() {
        assertEquals(40, statements(1, () -> manager.ask(WITHIN, "id", garden)
                .getList("s.nodes")
                .size()));
        assertEquals(0, statements(1, () -> manager.ask(DEVICES, "id", garden)
                .getList("s.nodes")
                .size()));
    }

    @Test
    void parentsChildrenAndPathsOfAPageAreOneStatementEach() {
        assertEquals(40, statements(4, () -> manager.ask(TREE, "id", garden)
                .getList("s.nodes")
                .size()));
    }

    private static int statements(int expected, Supplier<Integer> act) {
        StatementTap.clear();
        int answer = act.get();
        assertEquals(expected, StatementTap.work().size(), () -> String.join("\n\n", StatementTap.work()));
        return answer;
    }

    private String space(String parent, String kind, String name) {
        return manager.ask(
                        "mutation($i:SpaceInput!){s:createSpace(input:$i){id}}",
                        "i",
                        parent == null
                                ? Map.of("kind", kind, "name", name)
                                : Map.of("kind", kind, "name", name, "parentId", parent))
                .getString("s.id");
    }
}
