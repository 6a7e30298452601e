package cloud.wuye.platform.graphql;

import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.schema.GraphQLSchema;
import io.smallrye.graphql.execution.QueryCache;
import io.smallrye.graphql.schema.model.Schema;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;

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
        GraphQLSchema schema = LeanFields.into(framework.getGraphQLSchema(), model);
        builder.schema(schema);
        var ours = new Instruments(new ComplexityLimit(config.maxComplexity(), errors), new SafeErrors(errors));
        if (framework.getPreparsedDocumentProvider() instanceof QueryCache store) {
            builder.preparsedDocumentProvider(new DocumentCache(store, schema, gate));
        }
        List<Instrumentation> theirs = theirs(framework.getInstrumentation());
        builder.instrumentation(theirs.isEmpty() ? ours : chain(theirs, ours));
    }

    /** Without the cache of documents: it hangs there to hear what the engine found valid, and {@link DocumentCache} tells it. */
    private static List<Instrumentation> theirs(Instrumentation framework) {
        List<Instrumentation> all =
                framework instanceof ChainedInstrumentation chain ? chain.getInstrumentations() : List.of(framework);
        return all.stream().filter(one -> !(one instanceof QueryCache)).toList();
    }

    private static Instrumentation chain(List<Instrumentation> theirs, Instrumentation ours) {
        List<Instrumentation> all = new ArrayList<>(theirs);
        all.add(ours);
        return new ChainedInstrumentation(all);
    }
}
