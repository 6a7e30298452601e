package cloud.wuye.platform.graphql;

import cloud.wuye.platform.paging.Spans;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;

/** Refuses a field whose arguments hold a span of time that ends before it begins ({@link Spans}), before anything is looked up. */
final class SpanCheck extends SimplePerformantInstrumentation {
    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher, InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
        return parameters.getField().getArguments().isEmpty()
                ? fetcher
                : environment -> {
                    Spans.require("", environment.getArguments());
                    return fetcher.get(environment);
                };
    }
}
