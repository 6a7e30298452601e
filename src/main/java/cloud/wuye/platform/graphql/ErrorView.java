package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.ProblemCode;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error as clients see it.
 *
 * @param message for a person, in the language of the request
 * @param locations where in the document, or null
 * @param path where in the answer, or null
 * @param code for a program
 * @param field the input field at fault, or null
 * @param traceId what to quote to support, or null
 */
record ErrorView(
        String message,
        List<SourceLocation> locations,
        List<Object> path,
        ProblemCode code,
        String field,
        String traceId)
        implements GraphQLError {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    public List<Object> getPath() {
        return path;
    }

    @Override
    public ErrorClassification getErrorType() {
        return null;
    }

    @Override
    public Map<String, Object> getExtensions() {
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", code.name());
        extensions.put("classification", code.kind().name());
        if (field != null) {
            extensions.put("field", field);
        }
        if (traceId != null) {
            extensions.put("traceId", traceId);
        }
        return extensions;
    }
}
