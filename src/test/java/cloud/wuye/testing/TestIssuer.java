package cloud.wuye.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for Keycloak that starts in no time: serves the keys of any number of realms at the addresses Keycloak
 * uses, and signs tokens shaped like Keycloak's. The service takes its tokens the same way it takes real ones.
 *
 * <p>What it knows stands in system properties, as text: Quarkus loads this class in more than one class loader.
 */
public final class TestIssuer implements QuarkusTestResourceLifecycleManager {
    private static final String PREFIX = "wuye.test.issuer.";
    private static final Pattern CERTS = Pattern.compile("/realms/([^/]+)/protocol/openid-connect/certs");
    private static final int LIFESPAN_SECONDS = 1800;

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", TestIssuer::answer);
        server.start();
        System.setProperty(PREFIX + "port", String.valueOf(server.getAddress().getPort()));
        return Map.of("wuye.identity.keycloak.url", baseUrl());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** Base address of the stand-in, as Keycloak's. */
    public static String baseUrl() {
        return "http://localhost:" + System.getProperty(PREFIX + "port");
    }

    /** The issuer of a realm. */
    public static String issuer(String realm) {
        return baseUrl() + "/realms/" + realm;
    }

    /** A good access token: five minutes, for our API, with these realm roles. */
    public static String token(String realm, String username, String... roles) {
        return sign(realm, claims(realm, username, roles));
    }

    /** The claims of a good access token, to be bent by a test. */
    public static JwtClaimsBuilder claims(String realm, String username, String... roles) {
        Instant now = Instant.now();
        return Jwt.claims()
                .issuer(issuer(realm))
                .subject(subject(realm, username))
                .audience(Set.of("wuye-api", "account"))
                .issuedAt(now)
                .expiresAt(now.plusSeconds(LIFESPAN_SECONDS))
                .claim("jti", UUID.randomUUID().toString())
                .claim("typ", "Bearer")
                .claim("azp", "wuye-admin")
                .claim("preferred_username", username)
                .claim("name", username)
                .claim("realm_access", Map.of("roles", List.of(roles)));
    }

    /** The same user has the same id in every test. */
    public static String subject(String realm, String username) {
        return UUID.nameUUIDFromBytes((realm + "/" + username).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Signs claims with the current key of a realm, whoever they say they are from. */
    public static String sign(String realm, JwtClaimsBuilder claims) {
        return claims.jws()
                .algorithm(SignatureAlgorithm.RS256)
                .keyId(kid(realm))
                .sign(key(realm).getPrivate());
    }

    /** Replaces the key of a realm; tokens of the old one are worthless once the service has looked. */
    public static synchronized void rotate(String realm) {
        System.clearProperty(PREFIX + "key." + realm);
    }

    /** Gives a realm the key of another: to make one takes long, where there are hundreds of realms. */
    public static synchronized void lend(String from, String to) {
        System.setProperty(PREFIX + "key." + to, base64(key(from)));
    }

    /** How often the keys of a realm were asked for. */
    public static int keyRequests(String realm) {
        return Integer.getInteger(PREFIX + "hits." + realm, 0);
    }

    /** The id of a realm's current key. */
    public static String kid(String realm) {
        RSAPublicKey key = (RSAPublicKey) key(realm).getPublic();
        return Integer.toHexString(key.getModulus().hashCode());
    }

    /** The current key of a realm. */
    public static synchronized KeyPair key(String realm) {
        String property = PREFIX + "key." + realm;
        String kept = System.getProperty(property);
        try {
            if (kept == null) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                KeyPair fresh = generator.generateKeyPair();
                System.setProperty(property, base64(fresh));
                return fresh;
            }
            String[] halves = kept.split(" ");
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    rsa.generatePublic(
                            new X509EncodedKeySpec(Base64.getUrlDecoder().decode(halves[0]))),
                    (RSAPrivateKey) rsa.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getUrlDecoder().decode(halves[1]))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        Matcher certs = CERTS.matcher(exchange.getRequestURI().getPath());
        if (!certs.matches()) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        String realm = certs.group(1);
        System.setProperty(PREFIX + "hits." + realm, String.valueOf(keyRequests(realm) + 1));
        byte[] body = keySet(realm).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String keySet(String realm) {
        RSAPublicKey key = (RSAPublicKey) key(realm).getPublic();
        return new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kty", "RSA")
                                        .put("use", "sig")
                                        .put("alg", "RS256")
                                        .put("kid", kid(realm))
                                        .put(
                                                "n",
                                                base64(unsigned(key.getModulus().toByteArray())))
                                        .put(
                                                "e",
                                                base64(unsigned(
                                                        key.getPublicExponent().toByteArray())))))
                .encode();
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private static String base64(KeyPair pair) {
        return base64(pair.getPublic().getEncoded())
                + " "
                + base64(pair.getPrivate().getEncoded());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
