package cloud.wuye.platform.graphql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.graphql.execution.datafetcher.BatchDataFetcher;
import io.smallrye.graphql.execution.datafetcher.FieldDataFetcher;
import io.smallrye.graphql.schema.model.Schema;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeanFieldsTest {
    @Inject
    GraphQLSchema schema;

    @Inject
    Schema model;

    /** A new version of the framework, or a kind of field that nobody thought of, would make pages slow without a word. */
    @Test
    void noFieldIsLeftToTheSlowWay() {
        Map<Class<?>, Integer> counts = new HashMap<>();
        List<String> slow = new ArrayList<>();
        GraphQLSchema lean = LeanFields.into(schema, model);
        for (var type : lean.getAllTypesAsList()) {
            if (type instanceof GraphQLObjectType object && !object.getName().startsWith("__")) {
                for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
                    FieldCoordinates place = FieldCoordinates.coordinates(object, field);
                    DataFetcher<?> fetcher = lean.getCodeRegistry().getDataFetcher(place, field);
                    counts.merge(fetcher.getClass(), 1, Integer::sum);
                    if (fetcher instanceof FieldDataFetcher<?> || fetcher instanceof BatchDataFetcher<?>) {
                        slow.add(place.toString());
                    }
                }
            }
        }
        assertEquals(List.of(), slow);
        assertTrue(counts.get(PlainField.class) > 1000, counts::toString);
        assertTrue(counts.get(BatchedField.class) > 20, counts::toString);
    }
}
