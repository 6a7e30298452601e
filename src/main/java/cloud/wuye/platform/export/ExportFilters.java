package cloud.wuye.platform.export;

import cloud.wuye.platform.paging.Spans;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the filter of a list from JSON, as strictly as GraphQL reads its input: nothing unknown, nothing bent to fit. */
@ApplicationScoped
class ExportFilters {
    private static final String FIELD = "filter";
    private static final int LONGEST_VALUE = 100;

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();

    private final Validator validator;

    ExportFilters(Validator validator) {
        this.validator = validator;
    }

    /** The filter, or VALIDATION with the field at fault as {@code filter.…}. */
    <F> F read(ExportList<F, ?> list, String json) {
        F filter = parsed(json, list.filter());
        Spans.require(FIELD, written(json));
        Set<ConstraintViolation<F>> violations = validator.validate(filter);
        if (!violations.isEmpty()) {
            ConstraintViolation<F> first = violations.iterator().next();
            throw new Problem(ProblemCode.VALIDATION, FIELD + "." + first.getPropertyPath(), first.getMessage());
        }
        list.check(filter);
        return filter;
    }

    private Map<?, ?> written(String json) {
        try {
            return mapper.readValue(json, Map.class);
        } catch (JsonProcessingException e) {
            throw new Problem(ProblemCode.VALIDATION, FIELD, "JSON");
        }
    }

    private <F> F parsed(String json, Class<F> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonMappingException e) {
            throw refused(e);
        } catch (JsonProcessingException e) {
            throw new Problem(ProblemCode.VALIDATION, FIELD, "JSON");
        }
    }

    private static Problem refused(JsonMappingException e) {
        String path = FIELD;
        for (JsonMappingException.Reference step : e.getPath()) {
            path += step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName();
        }
        return new Problem(ProblemCode.VALIDATION, path, detail(e));
    }

    /** What the caller may be told: their own words and the words that would do, never ours for the type. */
    private static String detail(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            return unknown.getPropertyName() + " ∉ " + known;
        }
        if (e instanceof InvalidFormatException invalid) {
            String value = String.valueOf(invalid.getValue());
            String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
            return invalid.getTargetType().isEnum()
                    ? shown + " ∉ "
                            + Arrays.stream(invalid.getTargetType().getEnumConstants())
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ", "[", "]"))
                    : shown;
        }
        return "JSON";
    }
}
