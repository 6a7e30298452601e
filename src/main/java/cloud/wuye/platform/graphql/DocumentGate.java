package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Refuses documents that are too large, too deep or too wide, after parsing and before validation: validating and
 * executing is what costs. Documents that passed are remembered, so that a client's own documents are measured once.
 */
@ApplicationScoped
class DocumentGate {
    /** Grammar rules inside one another; braces cost two or three each. */
    private static final int RULES_PER_LEVEL = 12;

    private final GraphQLConfig config;
    private final ParserOptions parserOptions;
    private final Remembered remembered;

    DocumentGate(GraphQLConfig config) {
        this.config = config;
        this.parserOptions = ParserOptions.newParserOptions()
                .captureIgnoredChars(false)
                .captureLineComments(false)
                .captureSourceLocation(true)
                .readerTrackData(false)
                .redactTokenParserErrorMessages(true)
                .maxCharacters(config.maxDocumentCharacters())
                .maxTokens(config.maxDocumentTokens())
                .maxWhitespaceTokens(config.maxDocumentCharacters())
                .maxRuleDepth(Math.max(100, config.maxDepth() * RULES_PER_LEVEL))
                .build();
        this.remembered = new Remembered(config.rememberedCharacters());
        // The engine parses again when it does not know the document; the same bounds hold there.
        ParserOptions.setDefaultOperationParserOptions(parserOptions);
    }

    /**
     * A document that may go on to validation.
     *
     * @param document as parsed
     * @param operations by name, "" for one that has none
     */
    record Admitted(Document document, Map<String, Operation> operations) {
        /** What the named operation is, or null if the engine will not find it either. */
        Operation chosen(String name) {
            return name == null || name.isEmpty()
                    ? operations.size() == 1 ? operations.values().iterator().next() : null
                    : operations.get(name);
        }
    }

    /** The document, or a Problem that says why it is refused. */
    Admitted admit(String query) {
        if (query.length() > config.maxDocumentCharacters()) {
            throw new Problem(
                    ProblemCode.DOCUMENT_TOO_LARGE,
                    "query",
                    config.maxDocumentCharacters(),
                    Detail.of("个字符", "characters"));
        }
        Admitted admitted = remembered.get(query);
        if (admitted == null) {
            Document document = parsed(query);
            admitted = new Admitted(document, measured(document));
            remembered.put(query, admitted);
        }
        return admitted;
    }

    private Document parsed(String query) {
        try {
            return Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(query)
                    .parserOptions(parserOptions)
                    .locale(Locale.ENGLISH)
                    .build());
        } catch (ParseCancelledTooDeepException e) {
            throw new Problem(ProblemCode.QUERY_TOO_DEEP, "query", "∞", config.maxDepth());
        } catch (ParseCancelledException e) {
            throw new Problem(
                    ProblemCode.DOCUMENT_TOO_LARGE, "query", config.maxDocumentTokens(), Detail.of("个词元", "tokens"));
        } catch (InvalidSyntaxException e) {
            throw new SyntaxProblem(e);
        }
    }

    private Map<String, Operation> measured(Document document) {
        var measure = new Measure(document);
        var operations = new LinkedHashMap<String, Operation>();
        for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            Measure.Size size = measure.of(operation.getSelectionSet());
            check(size.depth(), config.maxDepth(), ProblemCode.QUERY_TOO_DEEP);
            check(size.aliases(), config.maxAliases(), ProblemCode.TOO_MANY_ALIASES);
            check(size.fields(), config.maxRootFields(), ProblemCode.TOO_MANY_ROOT_FIELDS);
            operations.put(operation.getName() == null ? "" : operation.getName(), operation.getOperation());
        }
        if (measure.introspects() && !config.introspection()) {
            throw new Problem(ProblemCode.INTROSPECTION_DISABLED);
        }
        return operations;
    }

    private static void check(int actual, int limit, ProblemCode code) {
        if (actual > limit) {
            throw new Problem(code, null, actual, limit);
        }
    }

    /** A syntax error with its place in the document. */
    static final class SyntaxProblem extends Problem {
        private static final long serialVersionUID = 1L;
        private final transient List<graphql.language.SourceLocation> locations;

        SyntaxProblem(InvalidSyntaxException cause) {
            super(ProblemCode.GRAPHQL_SYNTAX, "query", cause.getMessage());
            this.locations = cause.getLocation() == null ? List.of() : List.of(cause.getLocation());
        }

        List<graphql.language.SourceLocation> locations() {
            return locations;
        }
    }

    /** The most recently used documents, bounded by their characters, since anyone may send them. */
    private static final class Remembered {
        private final int limit;
        private final LinkedHashMap<String, Admitted> documents = new LinkedHashMap<>(64, 0.75f, true);
        private int characters;

        Remembered(int limit) {
            this.limit = limit;
        }

        synchronized Admitted get(String query) {
            return documents.get(query);
        }

        synchronized void put(String query, Admitted admitted) {
            if (documents.put(query, admitted) == null) {
                characters += query.length();
            }
            var eldest = documents.keySet().iterator();
            while (characters > limit && eldest.hasNext()) {
                characters -= eldest.next().length();
                eldest.remove();
            }
        }
    }
}
