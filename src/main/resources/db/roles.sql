-- The three database roles of Wuye Cloud, in one database. Run once per database, as a superuser or as a role
-- that may create roles; running it again is harmless and sets the passwords anew:
--
--   createdb wuye
--   psql -d wuye -v ON_ERROR_STOP=1 -v owner_password=… -v app_password=… -v cross_password=… -f roles.sql
--
--   wuye_owner  owns the database: migrations and the job store
--   wuye_app    the service at work; row-level security fences it into one tenant at a time
--   wuye_cross  the service's few named works over all tenants; policies, not privileges, let it see them
--
-- None of them is a superuser, may bypass row-level security, or may become another.

do $$
declare
  wanted text;
begin
  foreach wanted in array array['wuye_owner', 'wuye_app', 'wuye_cross'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I', wanted);
    end if;
  end loop;
  if not (select rolsuper from pg_roles where rolname = current_user)
     and not pg_has_role(current_user, 'wuye_owner', 'set') then
    -- Needed to hand the database over, on a managed server without a superuser.
    execute format('grant wuye_owner to %I', current_user);
  end if;
end
$$;

alter role wuye_owner login password :'owner_password';
alter role wuye_app login password :'app_password';
alter role wuye_cross login password :'cross_password';

alter database :"DBNAME" owner to wuye_owner;
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to wuye_app, wuye_cross;
revoke all on schema public from public;
grant usage on schema public to wuye_app, wuye_cross;

-- A role of that name may have been here before, with more power than the tenants' fence can stand.
do $$
declare
  strong text;
begin
  select string_agg(rolname, ', ') into strong
    from pg_roles
   where rolname in ('wuye_owner', 'wuye_app', 'wuye_cross')
     and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication);
  if strong is not null then
    raise exception 'too powerful for row-level security: %', strong;
  end if;
  if pg_has_role('wuye_app', 'wuye_owner', 'member') or pg_has_role('wuye_app', 'wuye_cross', 'member')
     or pg_has_role('wuye_cross', 'wuye_owner', 'member') then
    raise exception 'wuye_app and wuye_cross must not be members of another of the three roles';
  end if;
end
$$;
