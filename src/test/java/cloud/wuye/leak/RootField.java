package cloud.wuye.leak;

import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.restassured.RestAssured;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A root field of the schema, and how to ask for it: every scalar it can reach to a depth, and arguments made from their
 * types, with one id in the place of every id.
 */
record RootField(TypeDefinitionRegistry schema, String operation, FieldDefinition field) {
    private static final int DEPTH = 5;

    String name() {
        return field.getName();
    }

    boolean takesId() {
        return field.getInputValueDefinitions().stream().anyMatch(argument -> reachesId(argument.getType(), 0));
    }

    /** The operation's text with this id wherever an id is taken. */
    String document(String id, Map<String, String> samples) {
        return document(quoted(id), samples, true, selection(field.getType(), List.of(), quoted(id), samples));
    }

    /** The same without what may be left out: a list unfiltered. */
    String bareDocument(String id, Map<String, String> samples) {
        return document(quoted(id), samples, false, selection(field.getType(), List.of(), quoted(id), samples));
    }

    /** The same, asking only whether it is answered: nothing below it has a say. */
    String knock(String id, Map<String, String> samples) {
        String below = definition(field.getType()) instanceof ObjectTypeDefinition ? " { __typename }" : "";
        return document(quoted(id), samples, true, below);
    }

    /** As few operations as these ids can be tried with: one for all where a list of ids is taken, else one for each. */
    List<String> documents(Collection<String> ids, Map<String, String> samples) {
        boolean list = field.getInputValueDefinitions().stream().anyMatch(argument -> isListOfIds(argument.getType()));
        if (!list) {
            return ids.stream().map(id -> document(id, samples)).toList();
        }
        String all = ids.stream().map(RootField::quoted).collect(Collectors.joining(", "));
        return List.of(document(
                all,
                samples,
                true,
                selection(field.getType(), List.of(), quoted(ids.iterator().next()), samples)));
    }

    private boolean isListOfIds(Type<?> type) {
        Type<?> bare = type instanceof NonNullType some ? some.getType() : type;
        return bare instanceof ListType list && reachesId(list.getType(), 0);
    }

    private String document(String id, Map<String, String> samples, boolean optionals, String below) {
        List<String> arguments = new ArrayList<>();
        for (InputValueDefinition argument : field.getInputValueDefinitions()) {
            if (!optionals && !required(argument) && !argument.getName().equals("first")) {
                continue;
            }
            String value = argument.getName().equals("first")
                    ? "20"
                    : value(name() + "." + argument.getName(), argument.getType(), id, samples, 0);
            if (value != null) {
                arguments.add(argument.getName() + ": " + value);
            }
        }
        String call = name() + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")");
        return operation + " { " + call + below + " }";
    }

    /** Every scalar within reach; a type is not entered again below itself, and lists are asked for in small pages. */
    private String selection(Type<?> type, List<String> above, String id, Map<String, String> samples) {
        if (!(definition(type) instanceof ObjectTypeDefinition object)) {
            return "";
        }
        List<String> path = new ArrayList<>(above);
        path.add(object.getName());
        String fields = object.getFieldDefinitions().stream()
                .filter(f -> !f.getName().equals("edges"))
                .filter(f -> !(definition(f.getType()) instanceof ObjectTypeDefinition inner)
                        || (path.size() < DEPTH && !path.contains(inner.getName())))
                .map(f -> f.getName()
                        + arguments(object.getName(), f, id, samples)
                        + selection(f.getType(), path, id, samples))
                .collect(Collectors.joining(" "));
        return " { __typename " + fields + " }";
    }

    /** The name of the type it answers with; of a page, of what stands on it. */
    String thing() {
        String name = named(field.getType());
        return name.endsWith("Connection") ? name.substring(0, name.length() - "Connection".length()) : name;
    }

    /**
     * Whether a type can be had below it.
     *
     * @param open which fields, as {@code Type.field}, may be gone through
     */
    boolean reaches(String type, Predicate<String> open) {
        Set<String> seen = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>(List.of(named(field.getType())));
        while (!todo.isEmpty()) {
            String next = todo.pop();
            if (next.equals(type)) {
                return true;
            }
            if (seen.add(next)
                    && definition(TypeName.newTypeName(next).build()) instanceof ObjectTypeDefinition object) {
                object.getFieldDefinitions().stream()
                        .filter(below -> open.test(next + "." + below.getName()))
                        .forEach(below -> todo.push(named(below.getType())));
            }
        }
        return false;
    }

    private static String named(Type<?> type) {
        Type<?> bare = type;
        while (!(bare instanceof TypeName)) {
            bare = bare instanceof NonNullType some ? some.getType() : ((ListType) bare).getType();
        }
        return ((TypeName) bare).getName();
    }

    /** What a field cannot do without, and a small page. */
    private String arguments(String owner, FieldDefinition below, String id, Map<String, String> samples) {
        String given = below.getInputValueDefinitions().stream()
                .filter(a -> required(a) || a.getName().equals("first"))
                .map(a -> a.getName() + ": "
                        + (required(a)
                                ? value(owner + "." + below.getName() + "." + a.getName(), a.getType(), id, samples, 0)
                                : "3"))
                .collect(Collectors.joining(", "));
        return given.isEmpty() ? "" : "(" + given + ")";
    }

    private static boolean required(InputValueDefinition argument) {
        return argument.getType() instanceof NonNullType && argument.getDefaultValue() == null;
    }

    private String value(String path, Type<?> type, String id, Map<String, String> samples, int depth) {
        if (samples.containsKey(path)) {
            return samples.get(path).replace("$ID", id);
        }
        boolean required = type instanceof NonNullType;
        Type<?> bare = required ? ((NonNullType) type).getType() : type;
        if (bare instanceof ListType list) {
            String element = value(path, list.getType(), id, samples, depth);
            return element == null ? (required ? "[]" : null) : "[" + element + "]";
        }
        String name = ((TypeName) bare).getName();
        if (name.equals("ID")) {
            return id;
        }
        TypeDefinition<?> target = definition(bare);
        if (target instanceof InputObjectTypeDefinition input) {
            return required || (depth < 3 && reachesId(bare, 0)) ? object(path, input, id, samples, depth) : null;
        }
        return required ? sample(name, target) : null;
    }

    private String object(
            String path, InputObjectTypeDefinition input, String id, Map<String, String> samples, int depth) {
        List<String> fields = new ArrayList<>();
        for (InputValueDefinition inner : input.getInputValueDefinitions()) {
            String value = value(path + "." + inner.getName(), inner.getType(), id, samples, depth + 1);
            if (value != null) {
                fields.add(inner.getName() + ": " + value);
            }
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private static String sample(String name, TypeDefinition<?> target) {
        if (target instanceof EnumTypeDefinition constants) {
            return constants.getEnumValueDefinitions().get(0).getName();
        }
        return switch (name) {
            case "Int", "Float", "Long" -> "1";
            case "Boolean" -> "true";
            case "DateTime" -> "\"2026-11-01T00:00:00Z\"";
            case "Date" -> "\"2026-11-01\"";
            case "Time" -> "\"08:00\"";
            case "Decimal" -> "\"1\"";
            default -> "\"leak\"";
        };
    }

    private boolean reachesId(Type<?> type, int depth) {
        if (type instanceof NonNullType some) {
            return reachesId(some.getType(), depth);
        }
        if (type instanceof ListType list) {
            return reachesId(list.getType(), depth);
        }
        if (((TypeName) type).getName().equals("ID")) {
            return true;
        }
        return depth < 3
                && definition(type) instanceof InputObjectTypeDefinition input
                && input.getInputValueDefinitions().stream().anyMatch(i -> reachesId(i.getType(), depth + 1));
    }

    private TypeDefinition<?> definition(Type<?> type) {
        TypeDefinition<?> found =
                schema.getType(TypeName.newTypeName(named(type)).build()).orElse(null);
        return found instanceof ScalarTypeDefinition ? null : found;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** The schema that runs. */
    static TypeDefinitionRegistry running() {
        return new SchemaParser()
                .parse(RestAssured.given().get("/graphql/schema.graphql").asString());
    }

    /** Every root field of the schema that runs, whatever the operation. */
    static List<RootField> all() {
        TypeDefinitionRegistry schema = running();
        return Stream.of("Query", "Mutation", "Subscription")
                .flatMap(root -> of(schema, root, root.toLowerCase(Locale.ROOT)).stream())
                .toList();
    }

    static List<RootField> of(TypeDefinitionRegistry schema, String rootType, String operation) {
        return schema
                .getType(TypeName.newTypeName(rootType).build(), ObjectTypeDefinition.class)
                .orElseThrow()
                .getFieldDefinitions()
                .stream()
                .map(field -> new RootField(schema, operation, field))
                .toList();
    }
}
