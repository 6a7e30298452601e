package cloud.wuye.platform.graphql;

import graphql.ExecutionResult;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import io.smallrye.mutiny.Multi;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import mutiny.zero.flow.adapters.AdaptersToReactiveStreams;
import org.reactivestreams.Publisher;

/** Passes every result on its way out, and every event of a subscription, through {@link ErrorViews}. */
final class SafeErrors extends SimplePerformantInstrumentation {
    private final ErrorViews errors;

    SafeErrors(ErrorViews errors) {
        this.errors = errors;
    }

    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult result, InstrumentationExecutionParameters parameters, InstrumentationState state) {
        Locale locale = parameters.getExecutionInput().getLocale();
        ExecutionResult safe = errors.of(result, locale);
        if (safe.getData() instanceof Publisher<?> events) {
            Publisher<ExecutionResult> safeEvents = mapped(events, locale);
            safe = safe.transform(builder -> builder.data(safeEvents));
        }
        return CompletableFuture.completedFuture(safe);
    }

    private <T> Publisher<ExecutionResult> mapped(Publisher<T> events, Locale locale) {
        return AdaptersToReactiveStreams.publisher(Multi.createFrom()
                .publisher(AdaptersToFlow.publisher(events))
                .map(event -> errors.of((ExecutionResult) event, locale)));
    }
}
