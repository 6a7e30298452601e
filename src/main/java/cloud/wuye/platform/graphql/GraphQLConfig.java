package cloud.wuye.platform.graphql;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What one request may ask of the service. */
@ConfigMapping(prefix = "wuye.graphql")
public interface GraphQLConfig {
    /** Whether clients may read the schema, by introspection or at {@code /graphql/schema.graphql}. */
    @WithDefault("false")
    boolean introspection();

    /** Levels of nested fields; the usual introspection query needs 14. */
    @WithDefault("15")
    int maxDepth();

    /** Fields that the answer may hold: each field counts one, times the rows of the lists it stands in. */
    @WithDefault("20000")
    int maxComplexity();

    /** Aliases in a document, counted where they are used. */
    @WithDefault("50")
    int maxAliases();

    /** Fields at the top of an operation. */
    @WithDefault("20")
    int maxRootFields();

    /** Requests in one array body. */
    @WithDefault("10")
    int maxBatch();

    /** Characters of a document. */
    @WithDefault("20000")
    int maxDocumentCharacters();

    /** Tokens of a document. */
    @WithDefault("2000")
    int maxDocumentTokens();

    /** Bytes of a request body, variables included. */
    @WithDefault("1048576")
    long maxRequestBytes();

    /** Characters of all documents remembered as harmless, so that they are not parsed and measured again. */
    @WithDefault("500000")
    int rememberedCharacters();

    /**
     * Documents kept parsed and validated, for as long as the service runs. One of the largest allowed takes some 160 kB;
     * clients have some hundred, of a few kB each.
     */
    @WithDefault("" + SchemaWiring.CACHED_DOCUMENTS)
    int cachedDocuments();

    /** Subscriptions, and other operations, open at once on one WebSocket. */
    @WithDefault("50")
    int maxOperationsPerSocket();

    /** How long a new WebSocket may wait with its {@code connection_init}. */
    @WithDefault("PT10S")
    Duration connectionInitTimeout();
}
