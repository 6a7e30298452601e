package cloud.wuye.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of logging in and of the Keycloak behind it. */
@ConfigMapping(prefix = "wuye.identity")
public interface IdentityConfig {
    /** What a token must be meant for ({@code aud}). */
    @WithDefault("wuye-api")
    String audience();

    /** How long an access token may live; realms are made so, and older tokens are refused whatever they say. */
    @WithDefault("PT5M")
    Duration accessTokenLifespan();

    /** How long a check of a token may wait for Keycloak before it is answered with 503. */
    @WithDefault("PT3S")
    Duration connectionTimeout();

    /**
     * What follows the realm's name in host names, e.g. {@code .wuye.example} when companies are served at {@code
     * haitang.wuye.example}; then a token works only at its own company's host. Any host will do unless set.
     */
    Optional<String> hostSuffix();

    /** The Keycloak that new realms are made in. */
    Keycloak keycloak();

    /** The realm of those who run the platform. */
    Platform platform();

    /** What is set up in the realm of a new company. */
    Realm realm();

    /** Where Keycloak is, and as whom we administer it. */
    interface Keycloak {
        /** Base address as the service reaches it, e.g. {@code http://keycloak:8080}. */
        URI url();

        /** Base address as browsers reach it and as it stands in {@code iss}; the same as {@link #url} unless set. */
        Optional<URI> publicUrl();

        /** The realm of the service account that makes realms. */
        @WithDefault("master")
        String provisionerRealm();

        /** The service account that makes realms; needs {@code create-realm} and lightweight access tokens. */
        @WithDefault("wuye-provisioner")
        String provisionerClient();

        /** Its secret; without it companies and staff cannot be administered. */
        Optional<String> provisionerSecret();

        /**
         * Base address of this service as Keycloak reaches it, e.g. {@code http://wuye-cloud:8080}; there it reads the keys
         * with which residents are vouched for. Without it nobody logs in by WeChat alone.
         */
        Optional<URI> serviceUrl();

        /** How long one answer to an administrative request may take; then it is IDENTITY_UNAVAILABLE and may be tried again. */
        @WithDefault("PT10S")
        Duration answerTimeout();
    }

    /** The operator's own realm; not a tenant. */
    interface Platform {
        /** Name of the realm. */
        @WithDefault("wuye-platform")
        String realm();

        /** Base address of its Keycloak as the service reaches it; that of {@link Keycloak#url} unless set. */
        Optional<URI> url();

        /** Its issuer; made of the public address and the realm unless set. */
        Optional<String> issuer();
    }

    /** Whether invitations go out by e-mail. */
    static boolean mailsInvitations(Realm realm) {
        return realm.inviteByEmail().orElse(realm.smtp().isPresent());
    }

    /** What a new company's realm gets. */
    interface Realm {
        /** Where the admin web may be sent back to after log-in; without any, nobody can log in to it. */
        Optional<List<String>> adminRedirectUris();

        /** Whether to make the client {@code wuye-cli}, which trades a password for a token; for development only. */
        @WithDefault("false")
        boolean cli();

        /**
         * Whether who has an e-mail address is invited by e-mail; otherwise a temporary password is shown once. True where
         * there is a {@link #smtp} server unless set; without one, the realms need a mail server set up by hand.
         */
        Optional<Boolean> inviteByEmail();

        /** How long the link in an invitation is good for. */
        @WithDefault("P3D")
        Duration invitationLifespan();

        /** The server that mails of all realms go out by. A realm with a server of its own, set up by hand, keeps it. */
        Optional<Smtp> smtp();
    }

    /** A mail server as Keycloak reaches it. */
    interface Smtp {
        /** Its host name. */
        String host();

        /** Its port; 587 unless set. No default here: it would make a server of nothing. */
        Optional<Integer> port();

        /** Address that mails come from. */
        String from();

        /** Name beside that address; the company's unless set. */
        Optional<String> fromName();

        /** Log-in name there; without one nobody logs in. */
        Optional<String> username();

        /** Password there. */
        Optional<String> password();

        /** {@code starttls} unless set, {@code tls} from the first byte, or {@code none}, which only a test should want. */
        Optional<MailSecurity> security();
    }

    /** How the way to a mail server is protected. */
    enum MailSecurity {
        /** Begins in the open and turns to TLS. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** In the open. */
        NONE
    }
}
