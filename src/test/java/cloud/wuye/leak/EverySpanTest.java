package cloud.wuye.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenants;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every span of time that a query of the running schema takes, written backwards; one added tomorrow is tried tomorrow. */
@QuarkusTest
class EverySpanTest {
    private static final String BACKWARDS = "{from: \"2026-02-01T00:00:00Z\", to: \"2026-01-31T23:59:59.999Z\"}";
    private static final String LATER = "\"2026-02-01\"";
    private static final String EARLIER = "\"2026-01-31\"";

    private TypeDefinitionRegistry schema;

    @BeforeEach
    void asItRuns() {
        schema = RootField.running();
    }

    @Test
    void aSpanThatEndsBeforeItBeginsIsRefusedWithTheFieldAtFault() {
        Graph owner = Graph.as(TestTenants.fresh().manager());
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (RootField query : RootField.of(schema, "Query", "query")) {
            for (Map.Entry<String, Map<String, String>> span : spans(query).entrySet()) {
                Map<String, String> samples = new HashMap<>(Samples.ALL);
                samples.putAll(span.getValue());
                JsonPath answer = owner.send(query.knock(Ids.next().toString(), samples));
                String refused = answer.getString("errors[0].extensions.code") + " "
                        + answer.getString("errors[0].extensions.field");
                String message = String.valueOf(answer.getString("errors[0].message"));
                if (!refused.equals("VALIDATION " + span.getKey()) || !message.contains("早于")) {
                    wrong.add(query.name() + " " + span.getKey() + ": " + refused + " " + message);
                }
                tried++;
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(tried > 30, "tried only " + tried);
    }

    @Test
    void soIsOneBelowARowAndOneThatIsOnlyEmptyIsNot() {
        var company = TestTenants.fresh();
        Graph manager = Graph.as(company.manager());
        manager.ask("mutation{registerDevice(input:{kind:ELECTRICITY_METER serialNo:\"S-1\"}){device{id}}}");
        String below = "{devices{nodes{consumption(by:DAY from:\"2026-02-01\" to:\"%s\"){total}}}}";
        JsonPath refused = manager.refused("VALIDATION", below.formatted("2026-01-31"));
        assertEquals("to", refused.getString("errors[0].extensions.field"));
        manager.ask("{meterReadings(filter:{readAt:{from:\"2026-02-01T00:00:00Z\" to:\"2026-02-01T08:00:00+08:00\"}})"
                + "{nodes{value}}}");
    }

    /** The paths of the spans below its arguments, each with what has to be written to have it backwards. */
    private Map<String, Map<String, String>> spans(RootField query) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        List<InputValueDefinition> arguments = query.field().getInputValueDefinitions();
        for (InputValueDefinition argument : arguments) {
            String name = argument.getName();
            String place = query.name() + "." + name;
            String type = named(argument.getType());
            if (type.equals("DateTimeRangeInput")) {
                found.put(name + ".to", Map.of(place, BACKWARDS));
            } else if (type.equals("Date") && name.equals("from")) {
                found.put("to", Map.of(place, LATER, query.name() + ".to", EARLIER));
            }
            schema.getType(type, InputObjectTypeDefinition.class).ifPresent(input -> written(input)
                    .forEach((span, text) -> found.put(name + "." + span, Map.of(place, text))));
        }
        return found;
    }

    private Map<String, String> written(InputObjectTypeDefinition input) {
        Map<String, String> found = new LinkedHashMap<>();
        if (input.getName().equals("DateTimeRangeInput")) {
            return found;
        }
        String needed = "";
        for (InputValueDefinition field : input.getInputValueDefinitions()) {
            if (field.getType() instanceof NonNullType && named(field.getType()).equals("ID")) {
                needed += field.getName() + ": \"" + Ids.next() + "\", ";
            }
        }
        for (InputValueDefinition field : input.getInputValueDefinitions()) {
            String type = named(field.getType());
            if (type.equals("DateTimeRangeInput")) {
                found.put(field.getName() + ".to", "{" + needed + field.getName() + ": " + BACKWARDS + "}");
            } else if (type.equals("Date") && field.getName().equals("from")) {
                found.put("to", "{" + needed + "from: " + LATER + ", to: " + EARLIER + "}");
            }
        }
        return found;
    }

    private static String named(Type<?> type) {
        return (type instanceof NonNullType some ? some.getType() : type) instanceof TypeName name
                ? name.getName()
                : "";
    }
}
