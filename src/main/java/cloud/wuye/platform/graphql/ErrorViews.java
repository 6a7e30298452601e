package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.NonNullableFieldWasNullError;
import graphql.validation.ValidationError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Turns whatever went wrong into what the client may see: a code, a text in its language, the field at fault. What
 * nobody foresaw becomes INTERNAL with a trace id and nothing else; the stack trace is logged, once, under that id.
 */
@ApplicationScoped
class ErrorViews {
    /** A result whose errors are all fit to leave the service. */
    ExecutionResult of(ExecutionResult result, Locale locale) {
        if (result.getErrors().isEmpty()) {
            return result;
        }
        var translation = new ErrorTranslation(locale, result.isDataPresent());
        var views = new ArrayList<GraphQLError>();
        result.getErrors().stream()
                .filter(error -> !isMereConsequence(error, result.getErrors()))
                .forEach(error -> views.addAll(translation.of(error)));
        return result.transform(builder -> builder.errors(views));
    }

    /**
     * A field that must not be null and is, because of what is said already: at the same place, or of an argument that could
     * not be read, for which the framework names no place.
     */
    private static boolean isMereConsequence(GraphQLError error, List<GraphQLError> all) {
        return error instanceof NonNullableFieldWasNullError
                && all.stream()
                        .filter(other -> !(other instanceof NonNullableFieldWasNullError))
                        .anyMatch(other -> Objects.equals(other.getPath(), error.getPath())
                                || other instanceof ValidationError && other.getPath() == null);
    }

    /** The view of a problem that concerns the whole request. */
    ErrorView of(Problem problem, Locale locale) {
        return new ErrorTranslation(locale, false).of(problem, null, null);
    }

    /** The view of a code of the catalogue. */
    ErrorView of(ProblemCode code, Locale locale, String field, Object... arguments) {
        return of(new Problem(code, field, arguments), locale);
    }

    /** The view of an exception that ended the whole request. */
    ErrorView of(Throwable failure, Locale locale) {
        return new ErrorTranslation(locale, false).of(failure, null, (List<Object>) null);
    }
}
