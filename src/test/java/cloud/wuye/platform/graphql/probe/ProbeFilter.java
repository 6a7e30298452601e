package cloud.wuye.platform.graphql.probe;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import io.smallrye.graphql.spi.EventingService;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** Takes the probe fields and types out of the schema again, except in tests that want them. */
public class ProbeFilter implements EventingService {
    @Override
    public String getConfigKey() {
        return null;
    }

    @Override
    public GraphQLSchema.Builder beforeSchemaBuild(GraphQLSchema.Builder builder) {
        if (ConfigProvider.getConfig()
                .getOptionalValue("wuye.test.probes", Boolean.class)
                .orElse(false)) {
            return builder;
        }
        GraphQLSchema schema = builder.build();
        var types = schema.getAdditionalTypes().stream()
                .filter(type -> !isProbe(type))
                .collect(Collectors.<GraphQLType>toSet());
        return GraphQLSchema.newSchema(schema)
                .query(withoutProbes(schema.getQueryType()))
                .mutation(withoutProbes(schema.getMutationType()))
                .subscription(withoutProbes(schema.getSubscriptionType()))
                .clearAdditionalTypes()
                .additionalTypes(types);
    }

    private static GraphQLObjectType withoutProbes(GraphQLObjectType root) {
        if (root == null) {
            return null;
        }
        List<GraphQLFieldDefinition> kept = root.getFieldDefinitions().stream()
                .filter(field -> !field.getName().startsWith("probe"))
                .toList();
        return kept.isEmpty() ? null : root.transform(type -> type.replaceFields(kept));
    }

    private static boolean isProbe(GraphQLType type) {
        return type instanceof GraphQLNamedType named && named.getName().startsWith("Probe");
    }
}
