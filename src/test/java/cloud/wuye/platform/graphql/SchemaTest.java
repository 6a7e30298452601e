package cloud.wuye.platform.graphql;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import graphql.language.DescribedNode;
import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.NamedNode;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.parser.Parser;
import graphql.parser.ParserOptions;
import graphql.schema.diff.DiffCategory;
import graphql.schema.diff.DiffEvent;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the running schema against the checked-in one, which clients are generated from. After a wanted change run with
 * {@code -Dwuye.schema.rewrite=true} and commit the file; the report says what the change does to clients.
 */
@QuarkusTest
class SchemaTest {
    private static ParserOptions usual;

    /** The schema is longer than any document that a client may send. */
    @BeforeAll
    static void readLongDocuments() {
        usual = ParserOptions.getDefaultParserOptions();
        ParserOptions.setDefaultParserOptions(ParserOptions.getDefaultSdlParserOptions());
    }

    @AfterAll
    static void asUsual() {
        ParserOptions.setDefaultParserOptions(usual);
    }

    private static final Path FILE = Path.of("graphql-schema", "schema.graphql");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    /** Ids of any kind of thing, or of other systems' making. */
    private static final Set<String> OPAQUE = Set.of("AuditEntry.subjectId", "AuditFilterInput.subjectId");

    /** Connections without filter and sort, each with its reason. */
    private static final Map<String, String> PLAIN_LISTS = Map.of(
            "Space.devices",
            "one statement pages the devices of all spaces asked for at once, along the index by serial number;"
                    + " devices(filter: {within}) is the list of one space in any order");

    private static final Pattern ID_NAME = Pattern.compile("id|.*I[dD]s?|ids");

    @Test
    void theCheckedInSchemaIsTheRunningOne() throws IOException {
        String running = running();
        String checkedIn = Files.exists(FILE) ? Files.readString(FILE) : "type Query { nothing: String }\n";
        String report = checkedIn.equals(running) ? "" : report(checkedIn, running);
        if (Boolean.getBoolean("wuye.schema.rewrite")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, running);
            System.getLogger("schema").log(System.Logger.Level.INFO, report);
        } else {
            assertEquals(
                    "",
                    report,
                    "graphql-schema/schema.graphql is not current; rewrite it with"
                            + " ./mvnw test -Dtest=SchemaTest -Dwuye.schema.rewrite=true");
        }
    }

    @Test
    void everythingInItIsDescribed() {
        var silent = new ArrayList<String>();
        for (Element element : elements()) {
            Description description = element.node instanceof DescribedNode<?> node ? node.getDescription() : null;
            if (description == null || description.getContent().isBlank()) {
                silent.add(element.name);
            }
        }
        assertEquals(List.of(), silent, "without @Description");
    }

    @Test
    void whatIsDeprecatedSaysUntilWhen() {
        var undated = new ArrayList<String>();
        for (Element element : elements()) {
            if (element.node instanceof DirectivesContainer<?> node) {
                for (Directive deprecated : node.getDirectives("deprecated")) {
                    var reason = deprecated.getArgument("reason");
                    if (reason == null
                            || !(reason.getValue() instanceof StringValue text)
                            || !DAY.matcher(text.getValue()).find()) {
                        undated.add(element.name);
                    }
                }
            }
        }
        assertEquals(List.of(), undated, "@Deprecated without a date in its reason");
    }

    /** A number JavaScript would round, or an identifier of no declared type, is a mistake in the Java signature. */
    @Test
    void numbersAreExactAndIdentifiersAreIds() {
        var wrong = new ArrayList<String>();
        for (Element element : elements()) {
            String type = typeName(element.node);
            if (Set.of("Float", "BigInteger", "BigDecimal").contains(type)) {
                wrong.add(element.name + ": " + type);
            }
            String name = element.name.substring(element.name.lastIndexOf('.') + 1);
            if ("String".equals(type) && ID_NAME.matcher(name).matches() && !OPAQUE.contains(element.name)) {
                wrong.add(element.name + ": " + type + " and not ID");
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyListTakesAFilterASortADirectionAndAPage() {
        var wrong = new ArrayList<String>();
        for (Element element : elements()) {
            if (element.node instanceof FieldDefinition field && typeName(field).endsWith("Connection")) {
                var arguments = new TreeMap<String, String>();
                field.getInputValueDefinitions().forEach(a -> arguments.put(a.getName(), typeName(a)));
                boolean page = "Int".equals(arguments.get("first")) && "String".equals(arguments.get("after"));
                boolean order = arguments.getOrDefault("filter", "").endsWith("FilterInput")
                        && arguments.getOrDefault("sort", "").endsWith("Sort")
                        && "SortDirection".equals(arguments.get("direction"));
                if (!page || order == PLAIN_LISTS.containsKey(element.name)) {
                    wrong.add(element.name + arguments);
                }
            }
        }
        assertEquals(List.of(), wrong, "connections without filter, sort, direction, first and after");
    }

    @Test
    void noProbeOfATestIsInIt() {
        assertTrue(elements().stream().noneMatch(element -> element.name.contains("robe")));
    }

    private static String running() {
        return given().get("/graphql/schema.graphql")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String report(String before, String after) {
        var reporter = new CapturingReporter();
        new SchemaDiff(SchemaDiff.Options.defaultOptions().enforceDirectives())
                .diffSchema(SchemaDiffSet.diffSetFromSdl(schema(before), schema(after)), reporter);
        var report = new StringBuilder();
        add(report, "BREAKING", reporter.getBreakages());
        add(report, "DANGEROUS", reporter.getDangers());
        add(
                report,
                "ADDITIVE",
                reporter.getInfos().stream()
                        .filter(event -> event.getCategory() == DiffCategory.ADDITION)
                        .toList());
        return report.isEmpty() ? "only descriptions or order" : report.toString();
    }

    private static void add(StringBuilder report, String level, List<DiffEvent> events) {
        events.forEach(event ->
                report.append(level).append("  ").append(event.getReasonMsg()).append(System.lineSeparator()));
    }

    private static graphql.schema.GraphQLSchema schema(String sdl) {
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(sdl));
    }

    private static List<Element> elements() {
        var elements = new ArrayList<Element>();
        for (Object definition : Parser.parse(running()).getDefinitions()) {
            if (definition instanceof graphql.language.TypeDefinition<?> type) {
                elements.add(new Element(type.getName(), type));
                addMembers(elements, type.getName(), type);
            }
        }
        return elements;
    }

    private static void addMembers(List<Element> elements, String owner, Object type) {
        if (type instanceof ObjectTypeDefinition object) {
            object.getFieldDefinitions().forEach(field -> addField(elements, owner, field));
        } else if (type instanceof InterfaceTypeDefinition face) {
            face.getFieldDefinitions().forEach(field -> addField(elements, owner, field));
        } else if (type instanceof InputObjectTypeDefinition input) {
            input.getInputValueDefinitions().forEach(field -> add(elements, owner, field));
        } else if (type instanceof EnumTypeDefinition constants) {
            constants.getEnumValueDefinitions().forEach(value -> add(elements, owner, value));
        }
    }

    private static void addField(List<Element> elements, String owner, FieldDefinition field) {
        add(elements, owner, field);
        field.getInputValueDefinitions().forEach(argument -> add(elements, owner + "." + field.getName(), argument));
    }

    private static void add(List<Element> elements, String owner, NamedNode<?> member) {
        elements.add(new Element(owner + "." + member.getName(), member));
    }

    private static String typeName(Object node) {
        Type<?> type = node instanceof FieldDefinition field
                ? field.getType()
                : node instanceof InputValueDefinition value ? value.getType() : null;
        while (type instanceof NonNullType || type instanceof ListType) {
            type = type instanceof NonNullType nonNull ? nonNull.getType() : ((ListType) type).getType();
        }
        return type instanceof TypeName name ? name.getName() : "";
    }

    private record Element(String name, Object node) {}
}
