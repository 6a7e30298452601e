package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.ProblemCode;
import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import java.util.List;

/** Refuses an operation that could answer with more fields than allowed, before its first field is fetched. */
final class ComplexityLimit extends SimplePerformantInstrumentation {
    private final int limit;
    private final ErrorViews errors;

    ComplexityLimit(int limit, ErrorViews errors) {
        this.limit = limit;
        this.errors = errors;
    }

    @Override
    public InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        long cost = Cost.of(context);
        if (cost > limit) {
            throw new AbortExecutionException(
                    List.of(errors.of(ProblemCode.QUERY_TOO_COMPLEX, context.getLocale(), null, cost, limit)));
        }
        return super.beginExecuteOperation(parameters, state);
    }
}
