package cloud.wuye.platform.graphql;

import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.schema.SchemaTransformer;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.Map;

/**
 * The scalars of the schema that are not GraphQL's own. The framework writes BigDecimal and Long as JSON numbers, which
 * JavaScript reads as doubles: money and registers would lose digits. Here both are JSON strings.
 */
final class ExactScalars {
    static final GraphQLScalarType DECIMAL = GraphQLScalarType.newScalar()
            .name("Decimal")
            .description("An exact decimal number as a string, such as \"1234.5600\", without exponent. As input a "
                    + "number literal is taken too.")
            .coercing(new ExactCoercing("Decimal", text -> new java.math.BigDecimal(text), ExactScalars::plain))
            .build();

    static final GraphQLScalarType LONG = GraphQLScalarType.newScalar()
            .name("Long")
            .description("A whole number of 64 bits as a string, such as \"5030\" for an amount of money in fen. As "
                    + "input a number literal is taken too.")
            .coercing(
                    new ExactCoercing("Long", text -> new java.math.BigDecimal(text).longValueExact(), String::valueOf))
            .build();

    private static final Map<String, GraphQLScalarType> REPLACED = Map.of("BigDecimal", DECIMAL, "BigInteger", LONG);

    private static final Map<String, String> DESCRIBED = Map.of(
            "DateTime", "An instant as ISO-8601, such as \"2026-07-06T15:22:47.123456Z\"; answers are always in UTC.",
            "Date", "A calendar day as ISO-8601, such as \"2026-07-06\".",
            "Time", "A time of day as ISO-8601, such as \"18:00:00\".",
            "Duration", "A span of time as ISO-8601, such as \"PT15M\".",
            "Period", "A span of days, months and years as ISO-8601, such as \"P1M\".");

    private ExactScalars() {}

    /** A builder for the same schema with these scalars in it. */
    static GraphQLSchema.Builder into(GraphQLSchema.Builder builder) {
        var schema = SchemaTransformer.transformSchema(builder.build(), new GraphQLTypeVisitorStub() {
            @Override
            public TraversalControl visitGraphQLScalarType(
                    GraphQLScalarType scalar, TraverserContext<GraphQLSchemaElement> context) {
                GraphQLScalarType ours = ours(scalar);
                return ours == scalar ? TraversalControl.CONTINUE : changeNode(context, ours);
            }
        });
        return GraphQLSchema.newSchema(schema);
    }

    private static GraphQLScalarType ours(GraphQLScalarType scalar) {
        String description = DESCRIBED.get(scalar.getName());
        return description != null
                ? scalar.transform(builder -> builder.description(description))
                : REPLACED.getOrDefault(scalar.getName(), scalar);
    }

    private static String plain(Object value) {
        return value instanceof java.math.BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }
}
