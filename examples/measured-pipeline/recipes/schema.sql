create table customer (id integer primary key, name text not null);
create table sale (id integer primary key, customer integer not null references customer, pence integer not null);
insert into customer select id, 'customer ' || id from generate_series(1, 1000) as id;
insert into sale select id, 1 + id % 1000, id % 997 from generate_series(1, 60000) as id;
create index sale_by_customer on sale (customer);
analyze;
