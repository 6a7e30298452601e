package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.problem.ProblemKind;
import graphql.ErrorType;
import graphql.ExceptionWhileDataFetching;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.UnknownOperationException;
import graphql.language.SourceLocation;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.validation.ValidationError;
import io.opentelemetry.api.trace.Span;
import io.smallrye.graphql.validation.BeanValidationError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Turns whatever went wrong into what the client may see: a code, a text in its language, the field at fault. What
 * nobody foresaw becomes INTERNAL with a trace id and nothing else; the stack trace is logged here, once, under that
 * id.
 */
@ApplicationScoped
class ErrorViews {
    private static final Logger LOG = Logger.getLogger(ErrorViews.class);

    /** A result whose errors are all fit to leave the service. */
    ExecutionResult of(ExecutionResult result, Locale locale) {
        if (result.getErrors().isEmpty()) {
            return result;
        }
        var views = new ArrayList<GraphQLError>();
        for (GraphQLError error : result.getErrors()) {
            views.addAll(of(error, locale, result.isDataPresent()));
        }
        return result.transform(builder -> builder.errors(views));
    }

    /** The view of a problem that concerns the whole request. */
    ErrorView of(Problem problem, Locale locale) {
        List<SourceLocation> locations =
                problem instanceof DocumentGate.SyntaxProblem syntax ? syntax.locations() : null;
        return view(problem, locale, locations, null);
    }

    /** The view of a code of the catalogue. */
    ErrorView of(ProblemCode code, Locale locale, String field, Object... arguments) {
        return of(new Problem(code, field, arguments), locale);
    }

    /** The view of an exception that ended the whole request. */
    ErrorView of(Throwable failure, Locale locale) {
        return ofThrowable(failure, locale, null, null);
    }

    private List<? extends GraphQLError> of(GraphQLError error, Locale locale, boolean executed) {
        if (error instanceof ErrorView) {
            return List.of(error);
        }
        if (error instanceof BeanValidationError violations) {
            return ofViolations(violations, locale);
        }
        if (error instanceof ExceptionWhileDataFetching fetching) {
            return List.of(ofThrowable(fetching.getException(), locale, error.getLocations(), error.getPath()));
        }
        return List.of(view(ofEngine(error, executed), locale, error.getLocations(), error.getPath()));
    }

    /** What the engine itself found: in the document, the variables, or a result that breaks the schema. */
    private Problem ofEngine(GraphQLError error, boolean executed) {
        if (error instanceof UnknownOperationException) {
            return new Problem(ProblemCode.OPERATION_NOT_FOUND, "operationName", error.getMessage());
        }
        if (error instanceof ValidationError) {
            return new Problem(
                    executed ? ProblemCode.VALIDATION : ProblemCode.GRAPHQL_INVALID, null, error.getMessage());
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
        return new Unforeseen(error.getMessage());
    }

    private List<ErrorView> ofViolations(BeanValidationError error, Locale locale) {
        var views = new ArrayList<ErrorView>();
        for (Object violation : (List<?>) error.getExtensions().get("violations")) {
            var attributes = (Map<?, ?>) violation;
            // The first step is the Java method, which is nobody's business.
            String field = ((List<?>) attributes.get("propertyPath"))
                    .stream().skip(1).map(String::valueOf).collect(Collectors.joining("."));
            var problem = new Problem(ProblemCode.VALIDATION, field, field + " " + attributes.get("message"));
            views.add(view(problem, locale, error.getLocations(), error.getPath()));
        }
        return views;
    }

    private ErrorView ofThrowable(Throwable failure, Locale locale, List<SourceLocation> locations, List<Object> path) {
        Problem problem = Failures.problem(failure);
        if (problem.code() == ProblemCode.INTERNAL) {
            return view(new Unforeseen(failure), locale, locations, path);
        }
        return view(problem, locale, locations, path);
    }

    private ErrorView view(Problem problem, Locale locale, List<SourceLocation> locations, List<Object> path) {
        ProblemKind kind = problem.code().kind();
        String traceId = kind == ProblemKind.INTERNAL || kind == ProblemKind.UNAVAILABLE ? traceId() : null;
        if (problem instanceof Unforeseen unforeseen) {
            LOG.errorf(unforeseen.getCause(), "Unforeseen at %s [trace %s] %s", path, traceId, unforeseen.what);
        }
        return new ErrorView(problem.text(locale), locations, path, problem.code(), problem.field(), traceId);
    }

    private static String traceId() {
        var span = Span.current().getSpanContext();
        return span.isValid()
                ? span.getTraceId()
                : String.format("%016x", ThreadLocalRandom.current().nextLong());
    }

    /** INTERNAL, with what the log needs and the client does not. */
    private static final class Unforeseen extends Problem {
        private static final long serialVersionUID = 1L;
        private final String what;

        Unforeseen(String what) {
            super(ProblemCode.INTERNAL);
            this.what = what;
        }

        Unforeseen(Throwable cause) {
            this("");
            initCause(cause);
        }
    }
}
