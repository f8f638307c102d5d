-- Pictures that products name by a link, as the shop keeps them: fetched once and made anew, in a size for the chat and one for lists.
-- By link, since an import writes the pictures of a product anew.
create table fetched_pictures (
  url text primary key,
  -- Names below DATA_DIR/media, made of the content; null until it is fetched.
  file text,
  small text,
  tries integer not null default 0 check (tries >= 0),
  -- When it is to be fetched, or tried again; null once it is here or given up.
  due_at integer,
  -- Why it is not here, in words.
  trouble text,
  check ((file is null) = (small is null)),
  check (file is null or due_at is null)
) strict, without rowid;
create index fetched_pictures_due on fetched_pictures (due_at) where due_at is not null;
create index fetched_pictures_file on fetched_pictures (file) where file is not null;
create index product_images_url on product_images (url) where url is not null;

insert into fetched_pictures (url, due_at) select distinct url, 0 from product_images where url is not null;
