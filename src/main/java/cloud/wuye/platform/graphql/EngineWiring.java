package cloud.wuye.platform.graphql;

import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import io.smallrye.graphql.execution.QueryCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Hangs our instruments on the engine when it is built. */
@ApplicationScoped
class EngineWiring {
    private final GraphQLConfig config;
    private final ErrorViews errors;
    private final DocumentGate gate;

    EngineWiring(GraphQLConfig config, ErrorViews errors, DocumentGate gate) {
        this.config = config;
        this.errors = errors;
        this.gate = gate;
    }

    void wire(@Observes GraphQL.Builder builder) {
        GraphQL framework = builder.build();
        // What the framework has hung on it stays.
        builder.instrumentation(new ChainedInstrumentation(
                framework.getInstrumentation(),
                new ComplexityLimit(config.maxComplexity(), errors),
                new SafeErrors(errors),
                new SpanCheck(),
                new OwnPlace(),
                new FreshEvents()));
        if (framework.getPreparsedDocumentProvider() instanceof QueryCache store) {
            builder.preparsedDocumentProvider(new DocumentCache(store, framework.getGraphQLSchema(), gate));
        }
    }
}
