package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.problem.ProblemKind;
import graphql.ErrorType;
import graphql.ExceptionWhileDataFetching;
import graphql.GraphQLError;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.UnknownOperationException;
import graphql.language.SourceLocation;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.validation.ValidationError;
import io.opentelemetry.api.trace.Span;
import io.smallrye.graphql.validation.BeanValidationError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Translates the errors of one result. */
final class ErrorTranslation {
    private static final Logger LOG = Logger.getLogger(ErrorTranslation.class);
    private static final Pattern ARGUMENT = Pattern.compile("^argument '([^']+)'");

    private final Locale locale;
    private final boolean executed;
    private final String traceId = traceId();
    /** One failed batch fails a field in every row; its stack trace is worth one place in the log. */
    private final Set<Throwable> logged = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param executed whether the operation ran, so that an error is a field's and not the document's */
    ErrorTranslation(Locale locale, boolean executed) {
        this.locale = locale;
        this.executed = executed;
    }

    List<? extends GraphQLError> of(GraphQLError error) {
        if (error instanceof ErrorView) {
            return List.of(error);
        }
        if (error instanceof BeanValidationError violations) {
            return ofViolations(violations);
        }
        if (error instanceof ExceptionWhileDataFetching fetching) {
            return List.of(of(fetching.getException(), error.getLocations(), error.getPath()));
        }
        return List.of(ofEngine(error));
    }

    ErrorView of(Throwable failure, List<SourceLocation> locations, List<Object> path) {
        Problem problem = Failures.problem(failure);
        if (problem.code() == ProblemCode.INTERNAL && logged.add(failure)) {
            LOG.errorf(failure, "Unforeseen at %s, trace %s", path, traceId);
        }
        return of(problem, locations, path);
    }

    ErrorView of(Problem problem, List<SourceLocation> locations, List<Object> path) {
        ProblemKind kind = problem.code().kind();
        boolean traced = kind == ProblemKind.INTERNAL || kind == ProblemKind.UNAVAILABLE;
        return new ErrorView(
                problem.text(locale),
                problem instanceof DocumentGate.SyntaxProblem syntax ? syntax.locations() : locations,
                path,
                problem.code(),
                problem.field(),
                traced ? traceId : null);
    }

    /** What the engine itself found: in the document, the variables, or a result that breaks the schema. */
    private ErrorView ofEngine(GraphQLError error) {
        Problem problem = problem(error);
        if (problem.code() == ProblemCode.INTERNAL) {
            LOG.errorf("Unforeseen at %s, trace %s: %s", error.getPath(), traceId, error.getMessage());
        }
        return of(problem, error.getLocations(), error.getPath());
    }

    private Problem problem(GraphQLError error) {
        if (error instanceof UnknownOperationException) {
            return new Problem(ProblemCode.OPERATION_NOT_FOUND, "operationName", error.getMessage());
        }
        if (error instanceof ValidationError && executed) {
            return ofArgument(error.getMessage());
        }
        if (error instanceof CoercingParseValueException
                || error instanceof CoercingParseLiteralException
                || error instanceof NonNullableValueCoercedAsNullException) {
            return new Problem(ProblemCode.VALIDATION, "variables", error.getMessage());
        }
        if (error.getErrorType() == ErrorType.InvalidSyntax) {
            return new Problem(ProblemCode.GRAPHQL_SYNTAX, "query", error.getMessage());
        }
        if (error.getErrorType() == ErrorType.ValidationError) {
            return new Problem(ProblemCode.GRAPHQL_INVALID, null, error.getMessage());
        }
        return new Problem(ProblemCode.INTERNAL);
    }

    /** The framework could not read an argument; its text quotes Java and the document, so only the name is kept. */
    private static Problem ofArgument(String message) {
        var argument = ARGUMENT.matcher(message);
        String name = argument.find() ? argument.group(1) : null;
        return new Problem(ProblemCode.VALIDATION, name, name);
    }

    private List<ErrorView> ofViolations(BeanValidationError error) {
        var views = new ArrayList<ErrorView>();
        for (Object violation : (List<?>) error.getExtensions().get("violations")) {
            var attributes = (Map<?, ?>) violation;
            // The first step is the Java method, which is nobody's business.
            String field = ((List<?>) attributes.get("propertyPath"))
                    .stream().skip(1).map(String::valueOf).collect(Collectors.joining("."));
            var problem = new Problem(ProblemCode.VALIDATION, field, field + " " + attributes.get("message"));
            views.add(of(problem, error.getLocations(), error.getPath()));
        }
        return views;
    }

    private static String traceId() {
        var span = Span.current().getSpanContext();
        return span.isValid()
                ? span.getTraceId()
                : String.format("%016x", ThreadLocalRandom.current().nextLong());
    }
}
