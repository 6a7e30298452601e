package cloud.wuye.device.contract;

import cloud.wuye.device.contract.Shape.Check;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Turns the contract's JSON Schemas (a subset of draft-07) into {@link Shape}s. References lead to sibling files. */
final class ShapeCompiler {
    private static final Set<String> SILENT =
            Set.of("$schema", "$id", "definitions", "title", "description", "examples", "then", "x-unit");

    private final Function<String, JsonNode> files;
    private final Map<String, Shape> compiled = new HashMap<>();

    /** @param files gives the schema of a file name */
    ShapeCompiler(Function<String, JsonNode> files) {
        this.files = files;
    }

    /** The schema at a reference such as {@code common.json#/definitions/ulid}. */
    Shape compile(String reference) {
        Shape known = compiled.get(reference);
        if (known == null) {
            int hash = reference.indexOf('#');
            String file = hash < 0 ? reference : reference.substring(0, hash);
            JsonNode schema = files.apply(file).at(hash < 0 ? "" : reference.substring(hash + 1));
            known = compile(file, schema);
            compiled.put(reference, known);
        }
        return known;
    }

    private Shape compile(String file, JsonNode schema) {
        if (!schema.isObject()) {
            throw new IllegalArgumentException("no schema in " + file);
        }
        List<Check> checks = new ArrayList<>();
        schema.properties().forEach(keyword -> add(checks, file, schema, keyword.getKey(), keyword.getValue()));
        // Last, so that it may rely on the pattern beside it.
        if (schema.has("format")) {
            checks.add(Keywords.dateTime(schema));
        }
        return new Shape(checks);
    }

    private void add(List<Check> checks, String file, JsonNode schema, String keyword, JsonNode value) {
        switch (keyword) {
            case "$ref" -> checks.add(ref(file, value.textValue())::fault);
            case "allOf" -> value.forEach(each -> checks.add(compile(file, each)::fault));
            case "if" -> checks.add(Keywords.ifThen(compile(file, value), compile(file, schema.get("then"))));
            case "type" -> checks.add(Keywords.type(value.textValue()));
            case "properties" -> checks.add(Keywords.properties(shapes(file, value)));
            case "required" -> checks.add(Keywords.required(value));
            case "items" -> checks.add(Keywords.items(compile(file, value)));
            case "enum" -> checks.add(Keywords.oneOf(value));
            case "const" -> checks.add(Keywords.constant(value));
            case "pattern" -> checks.add(Keywords.pattern(value.textValue()));
            case "minimum", "maximum" -> checks.add(Keywords.bound(keyword, value.decimalValue()));
            case "minLength", "maxLength", "minItems", "maxItems" ->
                checks.add(Keywords.size(keyword, value.intValue()));
            case "format" -> {}
            default -> {
                if (!SILENT.contains(keyword)) {
                    throw new IllegalArgumentException(file + " uses " + keyword + ", which the inbox does not check");
                }
            }
        }
    }

    private Shape ref(String file, String reference) {
        return compile(reference.startsWith("#") ? file + reference : reference);
    }

    private Map<String, Shape> shapes(String file, JsonNode properties) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        properties.properties().forEach(each -> shapes.put(each.getKey(), compile(file, each.getValue())));
        return shapes;
    }
}
