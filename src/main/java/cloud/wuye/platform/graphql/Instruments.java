package cloud.wuye.platform.graphql;

import graphql.ExecutionResult;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldParameters;
import graphql.schema.DataFetcher;
import java.util.concurrent.CompletableFuture;

/**
 * Our instruments as one, each asked for what it is there for. The engine's own chain asks every instrument about every step of
 * every field.
 */
final class Instruments extends SimplePerformantInstrumentation {
    private final ComplexityLimit complexity;
    private final SafeErrors errors;
    private final SpanCheck spans = new SpanCheck();
    private final OwnPlace place = new OwnPlace();
    private final FreshEvents events = new FreshEvents();

    Instruments(ComplexityLimit complexity, SafeErrors errors) {
        this.complexity = complexity;
        this.errors = errors;
    }

    @Override
    public InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        return complexity.beginExecuteOperation(parameters, state);
    }

    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult result, InstrumentationExecutionParameters parameters, InstrumentationState state) {
        return errors.instrumentExecutionResult(result, parameters, state);
    }

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher, InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
        // A trivial one takes no arguments and waits for nothing; it is most of a page.
        return parameters.isTrivialDataFetcher()
                ? fetcher
                : place.instrumentDataFetcher(
                        spans.instrumentDataFetcher(fetcher, parameters, state), parameters, state);
    }

    @Override
    public InstrumentationContext<ExecutionResult> beginSubscribedFieldEvent(
            InstrumentationFieldParameters event, InstrumentationState state) {
        return events.beginSubscribedFieldEvent(event, state);
    }
}
