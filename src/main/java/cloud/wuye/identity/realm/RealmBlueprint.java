package cloud.wuye.identity.realm;

import cloud.wuye.identity.IdentityConfig;
import cloud.wuye.identity.IdentityConfig.MailSecurity;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ComponentExportRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.RolesRepresentation;

/** What the realm of a property company looks like. */
@ApplicationScoped
class RealmBlueprint {
    /** Says whose realm it is, so that on-boarding never takes over a realm it did not make. */
    static final String OWNER = "wuye.tenant";

    /** The client of the admin web. */
    static final String ADMIN_WEB = "wuye-admin";

    /** The client that trades a password for a token, for development. */
    static final String COMMAND_LINE = "wuye-cli";

    private static final List<String> ROLES = List.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN, Roles.RESIDENT);

    // Keycloak's own profile wants first and last name and e-mail at log-in; people here have one name and a phone.
    private static final String USER_PROFILE =
            """
            {"attributes":[
              {"name":"username","displayName":"${username}","validations":{"length":{"min":3,"max":255},
               "username-prohibited-characters":{},"up-username-not-idn-homograph":{}},
               "permissions":{"view":["admin","user"],"edit":["admin"]},"multivalued":false},
              {"name":"email","displayName":"${email}","validations":{"email":{},"length":{"max":255}},
               "permissions":{"view":["admin","user"],"edit":["admin","user"]},"multivalued":false},
              {"name":"firstName","displayName":"${firstName}","validations":{"length":{"max":255},
               "person-name-prohibited-characters":{}},
               "permissions":{"view":["admin","user"],"edit":["admin","user"]},"multivalued":false},
              {"name":"lastName","displayName":"${lastName}","validations":{"length":{"max":255},
               "person-name-prohibited-characters":{}},
               "permissions":{"view":["admin","user"],"edit":["admin","user"]},"multivalued":false}],
             "unmanagedAttributePolicy":"ADMIN_EDIT"}""";

    private final IdentityConfig config;
    private final VouchedClient vouchedClient;

    RealmBlueprint(IdentityConfig config, VouchedClient vouchedClient) {
        this.config = config;
        this.vouchedClient = vouchedClient;
    }

    /** The whole realm, for Keycloak to make in one transaction of its own. */
    RealmRepresentation realm(Tenant tenant) {
        RealmRepresentation realm = new RealmRepresentation();
        realm.setRealm(tenant.code());
        realm.setDisplayName(tenant.name());
        realm.setEnabled(true);
        realm.setAttributes(Map.of(OWNER, tenant.id().toString()));
        realm.setDefaultSignatureAlgorithm("RS256");
        realm.setAccessTokenLifespan((int) config.accessTokenLifespan().toSeconds());
        realm.setRegistrationAllowed(false);
        realm.setLoginWithEmailAllowed(true);
        realm.setResetPasswordAllowed(IdentityConfig.mailsInvitations(config.realm()));
        config.realm().smtp().ifPresent(smtp -> realm.setSmtpServer(mailServer(smtp, tenant.name())));
        realm.setBruteForceProtected(true);
        realm.setPasswordPolicy("length(10) and notUsername and notEmail");
        realm.setInternationalizationEnabled(true);
        realm.setSupportedLocales(Set.of("zh-CN", "en"));
        realm.setDefaultLocale("zh-CN");
        RolesRepresentation roles = new RolesRepresentation();
        roles.setRealm(roles());
        realm.setRoles(roles);
        realm.setClients(clients());
        vouchedClient.enter(realm, tenant.id());
        realm.setComponents(components());
        return realm;
    }

    /** How Keycloak wants to be told of a mail server; company names stand beside the sender's address. */
    static Map<String, String> mailServer(IdentityConfig.Smtp smtp, String company) {
        MailSecurity security = smtp.security().orElse(MailSecurity.STARTTLS);
        Map<String, String> server = new HashMap<>();
        server.put("host", smtp.host());
        server.put("port", String.valueOf(smtp.port().orElse(587)));
        server.put("from", smtp.from());
        server.put("fromDisplayName", smtp.fromName().orElse(company));
        server.put("starttls", String.valueOf(security == MailSecurity.STARTTLS));
        server.put("ssl", String.valueOf(security == MailSecurity.TLS));
        server.put("auth", String.valueOf(smtp.username().isPresent()));
        smtp.username().ifPresent(name -> server.put("user", name));
        smtp.password().ifPresent(secret -> server.put("password", secret));
        return server;
    }

    /** The roles a company's people may have. */
    List<RoleRepresentation> roles() {
        return ROLES.stream()
                .map(name -> new RoleRepresentation(name, null, false))
                .toList();
    }

    /** The clients of a company's realm. */
    List<ClientRepresentation> clients() {
        List<ClientRepresentation> clients = new ArrayList<>(List.of(api(), adminWeb()));
        if (config.realm().cli()) {
            clients.add(commandLine());
        }
        return clients;
    }

    /** Ourselves: nobody logs in with it, tokens are meant for it. */
    private ClientRepresentation api() {
        ClientRepresentation client = client(config.audience());
        client.setBearerOnly(true);
        return client;
    }

    /** A page in a browser keeps no secret; the proof key makes up for it. */
    private ClientRepresentation adminWeb() {
        ClientRepresentation client = client(ADMIN_WEB);
        client.setPublicClient(true);
        client.setStandardFlowEnabled(true);
        client.setRedirectUris(config.realm().adminRedirectUris().orElse(List.of()));
        client.setWebOrigins(List.of("+"));
        client.setAttributes(Map.of("pkce.code.challenge.method", "S256", "post.logout.redirect.uris", "+"));
        client.setProtocolMappers(List.of(meantForUs()));
        return client;
    }

    private ClientRepresentation commandLine() {
        ClientRepresentation client = client(COMMAND_LINE);
        client.setPublicClient(true);
        client.setDirectAccessGrantsEnabled(true);
        client.setProtocolMappers(List.of(meantForUs()));
        return client;
    }

    /** A client that can do nothing yet. */
    static ClientRepresentation client(String id) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(id);
        client.setEnabled(true);
        client.setProtocol("openid-connect");
        client.setStandardFlowEnabled(false);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        return client;
    }

    private ProtocolMapperRepresentation meantForUs() {
        return meantFor(config.audience());
    }

    /** Without this the token's audience is {@code account} alone and we refuse it. */
    static ProtocolMapperRepresentation meantFor(String audience) {
        ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
        mapper.setName("audience-" + audience);
        mapper.setProtocol("openid-connect");
        mapper.setProtocolMapper("oidc-audience-mapper");
        mapper.setConfig(Map.of(
                "included.client.audience", audience,
                "access.token.claim", "true",
                "id.token.claim", "false",
                "introspection.token.claim", "true"));
        return mapper;
    }

    private static MultivaluedHashMap<String, ComponentExportRepresentation> components() {
        MultivaluedHashMap<String, ComponentExportRepresentation> components = new MultivaluedHashMap<>();
        components.putSingle(
                "org.keycloak.userprofile.UserProfileProvider",
                component(null, "declarative-user-profile", "kc.user.profile.config", USER_PROFILE));
        // Named, so that Keycloak makes these and not one for encrypting tokens, too: nobody would use it, and making
        // RSA keys is
        // most of the work of making a realm.
        components.addAll(
                "org.keycloak.keys.KeyProvider",
                component("sign", "rsa-generated", "algorithm", "RS256"),
                component("hmac", "hmac-generated", "algorithm", "HS512"),
                component("aes", "aes-generated", "priority", "100"));
        return components;
    }

    private static ComponentExportRepresentation component(String name, String provider, String key, String value) {
        ComponentExportRepresentation component = new ComponentExportRepresentation();
        component.setName(name);
        component.setProviderId(provider);
        MultivaluedHashMap<String, String> settings = new MultivaluedHashMap<>();
        settings.putSingle("priority", "100");
        settings.putSingle(key, value);
        component.setConfig(settings);
        return component;
    }
}
