package cloud.wuye.platform.graphql;

import graphql.ExecutionResult;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldParameters;
import org.dataloader.DataLoader;

/**
 * Lets each event of a subscription load its fields anew. The loaders of batched fields belong to the execution, which for
 * a subscription lasts as long as the socket, and they remember by source: without this the second event about a device
 * would show what was true at the first.
 */
final class FreshEvents extends SimplePerformantInstrumentation {
    @Override
    public InstrumentationContext<ExecutionResult> beginSubscribedFieldEvent(
            InstrumentationFieldParameters event, InstrumentationState state) {
        event.getExecutionContext().getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
        return SimpleInstrumentationContext.noOp();
    }
}
