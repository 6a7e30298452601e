package cloud.wuye.platform.graphql;

import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Refuses to fetch a field on another request's context. There the framework finds the other's caller and takes it for this
 * one's: whoever let it come that far, by an answer that several waited for, must not show a neighbour's data with it.
 */
final class OwnPlace extends SimplePerformantInstrumentation {
    /** Key in an execution's context: the Vert.x context that its request has to itself. */
    static final String CONTEXT = "wuye.own-context";

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher, InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
        return parameters.isTrivialDataFetcher()
                ? fetcher
                : environment -> {
                    requireOwn(environment);
                    return fetcher.get(environment);
                };
    }

    private static void requireOwn(DataFetchingEnvironment environment) {
        Context own = environment.getGraphQlContext().get(CONTEXT);
        Context here = Vertx.currentContext();
        // A worker that no request has to itself knows nobody, and is told who asks.
        if (own != null && here != own && here != null && VertxContext.isDuplicatedContext(here)) {
            throw new IllegalStateException("a field on another request's context");
        }
    }
}
