package cloud.wuye.platform.graphql;

import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.schema.GraphQLSchema;
import io.smallrye.graphql.execution.QueryCache;
import io.smallrye.graphql.schema.model.Schema;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Hangs our instruments on the engine when it is built. */
@ApplicationScoped
class EngineWiring {
    private final GraphQLConfig config;
    private final ErrorViews errors;
    private final DocumentGate gate;
    private final Schema model;

    EngineWiring(GraphQLConfig config, ErrorViews errors, DocumentGate gate, Schema model) {
        this.config = config;
        this.errors = errors;
        this.gate = gate;
        this.model = model;
    }

    void wire(@Observes GraphQL.Builder builder) {
        GraphQL framework = builder.build();
        GraphQLSchema schema = PlainFields.into(framework.getGraphQLSchema(), model);
        builder.schema(schema);
        var ours = new Instruments(new ComplexityLimit(config.maxComplexity(), errors), new SafeErrors(errors));
        if (framework.getPreparsedDocumentProvider() instanceof QueryCache store) {
            builder.preparsedDocumentProvider(new DocumentCache(store, schema, gate));
        }
        // The cache hangs on the engine too, to hear of what the engine validated; the engine validates nothing here.
        Instrumentation theirs = framework.getInstrumentation();
        builder.instrumentation(theirs instanceof QueryCache ? ours : new ChainedInstrumentation(theirs, ours));
    }
}
