package cloud.wuye.platform.graphql;

import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Hangs our instruments on the engine when it is built. */
@ApplicationScoped
class EngineWiring {
    private final GraphQLConfig config;
    private final ErrorViews errors;

    EngineWiring(GraphQLConfig config, ErrorViews errors) {
        this.config = config;
        this.errors = errors;
    }

    void wire(@Observes GraphQL.Builder builder) {
        // What the framework has hung on it stays: its cache of parsed and validated documents among them.
        var framework = builder.build().getInstrumentation();
        builder.instrumentation(new ChainedInstrumentation(
                framework, new ComplexityLimit(config.maxComplexity(), errors), new SafeErrors(errors)));
    }
}
