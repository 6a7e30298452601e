package cloud.wuye.platform.graphql;

import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import io.smallrye.graphql.schema.model.Argument;
import io.smallrye.graphql.schema.model.Operation;
import io.smallrye.graphql.schema.model.Reference;
import io.smallrye.graphql.schema.model.ReferenceType;
import io.smallrye.graphql.spi.EventingService;
import jakarta.enterprise.inject.spi.CDI;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The framework's hook into building the schema and the engine, found through {@code META-INF/services}.
 *
 * <p>Why not its CDI events: switching those on fires one for every field fetched. Why this class hands on at once: in
 * development mode the framework keeps the instance it found first through every reload, and with it our old classes.
 */
public class SchemaWiring implements EventingService {
    private static final Reference ID = new Reference.Builder()
            .className(UUID.class.getName())
            .graphQLClassName(String.class.getName())
            .name("ID")
            .type(ReferenceType.SCALAR)
            .build();

    static final int CACHED_DOCUMENTS = 500;

    /** Runs before the framework makes its cache, which reads its size from a system property only. */
    public SchemaWiring() {
        int documents = ConfigProvider.getConfig()
                .getOptionalValue("wuye.graphql.cached-documents", Integer.class)
                .orElse(CACHED_DOCUMENTS);
        System.setProperty("io.smallrye.graphql.execution.queryCacheMaxSize", String.valueOf(documents));
    }

    @Override
    public String getConfigKey() {
        return null;
    }

    /**
     * A UUID argument is an ID, annotated or not. The framework would make it a String; and annotated it would forget to
     * turn the ID into a UUID, and read it as JSON, which it is not.
     */
    @Override
    public Operation createOperation(Operation operation) {
        for (Argument argument : operation.getArguments()) {
            if (argument.getReference().getClassName().equals(UUID.class.getName())) {
                argument.setReference(ID);
            }
        }
        return operation;
    }

    @Override
    public GraphQLSchema.Builder beforeSchemaBuild(GraphQLSchema.Builder builder) {
        return ExactScalars.into(builder);
    }

    @Override
    public GraphQL.Builder beforeGraphQLBuild(GraphQL.Builder builder) {
        CDI.current().getBeanManager().getEvent().fire(builder);
        return builder;
    }
}
