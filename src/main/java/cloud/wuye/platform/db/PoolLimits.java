package cloud.wuye.platform.db;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * What the pools' connections are told when they are made, so that no work has to say it: how long to call a database that does
 * not answer, how long a statement may last, how long a transaction may do nothing, and to keep prepared statements of any length.
 */
@ApplicationScoped
class PoolLimits {
    private final DbConfig config;

    PoolLimits(DbConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    PgPoolCreator fenced() {
        return this::pool;
    }

    @Produces
    @Singleton
    @ReactiveDataSource("cross")
    PgPoolCreator cross() {
        return this::pool;
    }

    private Pool pool(PgPoolCreator.Input input) {
        for (PgConnectOptions server : input.pgConnectOptionsList()) {
            server.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
            // By default it forgets what is longer than 2048 characters: the longest are the ones that cost most to
            // plan.
            server.setPreparedStatementCacheSqlFilter(sql -> true);
            server.addProperty("statement_timeout", millis(config.statementTimeout()));
            server.addProperty("idle_in_transaction_session_timeout", millis(config.idleTimeout()));
        }
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
