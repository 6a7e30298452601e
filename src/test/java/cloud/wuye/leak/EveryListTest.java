package cloud.wuye.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenants;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every list of the running schema, walked in every order it offers, in both directions: a list added tomorrow is walked tomorrow. */
@QuarkusTest
class EveryListTest {
    /** What a list cannot be asked for without. */
    private static final Map<String, String> NEEDED =
            Map.of("ledgerStatement", "kind: PSP_CLEARING, ", "ratedUsageLines", "filter: {pointId: \"METER\"}, ");

    private static final int ROWS = 6;

    @Inject
    TestDevices tables;

    @Test
    void pagesPutTogetherAreTheListInEveryOrder() {
        TypeDefinitionRegistry schema = RootField.running();
        Inhabited company = TwoCompanies.settled(tables).victim();
        Graph owner = company.everyRole();
        String meter = company.device(DeviceClass.EMETER).id();
        List<String> wrong = new ArrayList<>();
        int walked = 0;
        for (RootField query : RootField.of(schema, "Query", "query")) {
            if (!named(query.field().getType()).endsWith("Connection")) {
                continue;
            }
            Graph asker = query.name().equals("propertyCompanies") ? Graph.as(TestTenants.operator()) : owner;
            for (String sort : orders(schema, query.field())) {
                for (String direction : List.of("", ", direction: ASC", ", direction: DESC")) {
                    String arguments =
                            NEEDED.getOrDefault(query.name(), "").replace("METER", meter) + "sort: " + sort + direction;
                    List<String> whole = page(asker, query, arguments, ROWS, null);
                    List<String> pieces = new ArrayList<>();
                    for (int row = 0; row < whole.size(); row++) {
                        pieces.addAll(page(asker, query, arguments, 1, row == 0 ? null : pieces.get(row - 1)));
                    }
                    if (whole.isEmpty() || !whole.equals(pieces)) {
                        wrong.add(query.name() + "(" + arguments + ") shows " + whole + ", in pieces " + pieces);
                    }
                    walked++;
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(walked > 60, "walked only " + walked);
    }

    private static List<String> page(Graph asker, RootField query, String arguments, int first, String after) {
        JsonPath answer = asker.ask(
                "query($after: String) { l: " + query.name() + "(" + arguments + ", first: " + first
                        + ", after: $after) { edges { cursor } } }",
                "after",
                after);
        return answer.getList("l.edges.cursor");
    }

    private static List<String> orders(TypeDefinitionRegistry schema, FieldDefinition field) {
        return field.getInputValueDefinitions().stream()
                .filter(argument -> argument.getName().equals("sort"))
                .map(InputValueDefinition::getType)
                .flatMap(type ->
                        schema.getType(type, EnumTypeDefinition.class).orElseThrow().getEnumValueDefinitions().stream())
                .map(EnumValueDefinition::getName)
                .toList();
    }

    private static String named(Type<?> type) {
        return (type instanceof NonNullType some ? some.getType() : type) instanceof TypeName name
                ? name.getName()
                : "";
    }
}
